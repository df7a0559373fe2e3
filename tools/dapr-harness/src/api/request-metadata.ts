const PREFIX = 'metadata.';

/** The `metadata.*` parameters of a query, without their prefix; the first of several wins. */
export function requestMetadata(query: URLSearchParams): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (const [name, value] of query) {
    if (name.startsWith(PREFIX)) metadata[name.slice(PREFIX.length)] ??= value;
  }
  return metadata;
}
