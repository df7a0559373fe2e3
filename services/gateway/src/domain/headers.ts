/** Headers by their names in lower case, as Node gives and takes them. */
export type Headers = Record<string, string | string[] | undefined>;

/** RFC 9110, 7.6.1: what concerns one connection only. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** What only we say to the services behind us, or they to each other. */
const INTERNAL =
  /^(?:dapr-|x-client-|x-public-|x-forwarded-|x-real-ip$|forwarded$|destination-app-id$|trace(?:parent|state)$|x-request-id$)/;

/** What belongs to the connection of the client to us. */
const OURS = new Set(['host', 'expect', 'content-length']);

/** What we say to clients ourselves, or what is not for them. */
const NOT_ANSWERED = /^(?:access-control-|server$|x-powered-by$)/;

/** The headers of a client's request that go on: none that concern the connection, or that only we may set. */
export function requestHeaders(headers: Headers): Headers {
  return keep(headers, (name) => !OURS.has(name) && !name.endsWith('-bin'));
}

/** The headers of a service's answer that go back to the client. */
export function answerHeaders(headers: Headers): Headers {
  return keep(headers, (name) => !NOT_ANSWERED.test(name));
}

function keep(headers: Headers, isKept: (name: string) => boolean): Headers {
  const nominated = String(headers['connection'] ?? '')
    .toLowerCase()
    .split(/\s*,\s*/);
  const kept: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    if (HOP_BY_HOP.has(name) || INTERNAL.test(name) || nominated.includes(name) || !isKept(name)) continue;
    kept[name] = value;
  }
  return kept;
}
