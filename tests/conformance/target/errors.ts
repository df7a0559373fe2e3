/** The details of Dapr's rich errors, as JSON. */

const TYPES = 'type.googleapis.com/google.rpc.';

export function errorInfo(reason: string, metadata: Record<string, string> | null): object {
  return { '@type': `${TYPES}ErrorInfo`, domain: 'dapr.io', reason, metadata };
}

export function resourceInfo(resourceType: string, resourceName: string, description = ''): object {
  return {
    '@type': `${TYPES}ResourceInfo`,
    resource_type: resourceType,
    resource_name: resourceName,
    owner: '',
    description,
  };
}

export function badRequest(...violations: { field?: string; description: string }[]): object {
  return { '@type': `${TYPES}BadRequest`, field_violations: violations };
}
