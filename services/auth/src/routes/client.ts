import { currentRequest } from '@commons/platform';
import type { Client } from '../domain/session.ts';

/** Where the request in hand comes from. */
export function clientInHand(): Client {
  const { ip = null, userAgent = null } = currentRequest() ?? {};
  return { ip, userAgent };
}
