export type Answer = { status: number; headers: Record<string, string>; body: unknown };

/** Sends a request and reads the whole answer, JSON as what it says. */
export async function send(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const isText = typeof body === 'string' || body === undefined;
  const response = await fetch(url, {
    method,
    headers: isText ? headers : { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text !== '' && response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: isJson ? (JSON.parse(text) as unknown) : text,
  };
}

/** Publishes JSON data and expects the broker to take it. */
export async function publish(base: string, topic: string, data: unknown, query = ''): Promise<void> {
  const { status, body } = await send('POST', `${base}/v1.0/publish/pubsub/${topic}${query}`, data);
  if (status !== 204) throw new Error(`publishing to ${topic} was answered ${status}: ${JSON.stringify(body)}`);
}
