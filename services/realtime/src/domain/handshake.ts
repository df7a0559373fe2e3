/** What a WebSocket handshake brings to prove who is there. */
export type Proof = { token: string } | { ticket: string } | undefined;

/** The subprotocol that carries a token: `Sec-WebSocket-Protocol: bearer, <token>`. */
export const BEARER_PROTOCOL = 'bearer';

/**
 * Finds the proof of a handshake. A token in the header comes before a ticket in the query.
 * @param url path and query as asked.
 * @param protocols the `Sec-WebSocket-Protocol` header.
 */
export function proofOf(url: string, protocols: string | undefined): Proof {
  const offered = (protocols ?? '').split(',').map((name) => name.trim());
  const token = offered[0] === BEARER_PROTOCOL ? offered[1] : undefined;
  if (token) return { token };
  const ticket = new URLSearchParams(url.split('?')[1] ?? '').get('ticket');
  return ticket ? { ticket } : undefined;
}

/** Whether a path is the one that is served, with or without a slash at its end. */
export const isSocketPath = (url: string): boolean => /^\/ws\/?(\?|$)/.test(url);
