import type { FamilyEnv } from '../api/component-family.ts';
import { DaprError } from '../api/http.ts';
import type { ApiRequest, ApiRoute } from '../api/http.ts';
import { readJsonBody } from '../api/json-body.ts';
import { NO_TRACE, isTraceparent } from '../api/trace-context.ts';
import { goAny, goMap, goString, goStruct } from '../go-json/decode.ts';
import { ENCODING_JSON, encodeGoJson } from '../go-json/encode.ts';
import { messageOf } from '../message-of.ts';
import type { BindingAnswer, BindingRequest, OutputBinding } from './output-binding.ts';

const bindingBody = goStruct('http.OutputBindingRequest', {
  metadata: { name: 'metadata', type: goMap(goString) },
  data: { name: 'data', type: goAny },
  operation: { name: 'operation', type: goString },
});

/** The bindings API over a sidecar's output bindings. */
export function bindingRoutes(bindings: ReadonlyMap<string, OutputBinding>, env: FamilyEnv): ApiRoute[] {
  const invoke = async (name: string, request: BindingRequest): Promise<BindingAnswer> => {
    if (request.operation === '') throw new Error('operation field is missing from request');
    const binding = bindings.get(name);
    if (!binding) throw new Error(`couldn't find output binding ${name}`);
    if (!binding.operations.includes(request.operation)) {
      const supported = binding.operations.join(' ');
      throw new Error(
        `binding ${name} does not support operation ${request.operation}. supported operations:${supported}`,
      );
    }
    const target = { kind: 'component', type: 'Binding', name, direction: 'outbound' } as const;
    return env.resiliency.run(target, () => binding.invoke(request));
  };

  return [
    {
      methods: ['POST', 'PUT'],
      pattern: '/v1.0/bindings/:name',
      handle: async (request, { name = '' }) => {
        const { operation, data, metadata } = await readJsonBody(request, bindingBody);
        const traced = withTrace(metadata, request);
        const asked = { operation, data: encodeGoJson(data, ENCODING_JSON), metadata: traced };
        const answer = await invoke(name, asked).catch((error: unknown) => {
          const message = `error invoking output binding ${name}: ${messageOf(error)}`;
          throw new DaprError(500, 'ERR_INVOKE_OUTPUT_BINDING', message);
        });
        if (!answer) return { status: 204 };
        const headers: Record<string, string> = {};
        for (const [key, value] of Object.entries(answer.metadata ?? {})) headers[`metadata.${key}`] = value;
        return { status: 200, headers, body: answer.data };
      },
    },
  ];
}

/** A binding is given the trace that it works in, all zeros when it is none. */
function withTrace(metadata: Record<string, string>, { headers }: ApiRequest): Record<string, string> {
  const { traceparent, tracestate } = headers;
  if (!isTraceparent(traceparent)) return { ...metadata, traceparent: NO_TRACE };
  return { ...metadata, traceparent, ...(typeof tracestate === 'string' ? { tracestate } : {}) };
}
