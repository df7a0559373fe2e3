import { BadRequest } from '@commons/platform';
import type { RequestOrigin, Trust } from './client-address.ts';

const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * Base of the public links of an answer, e.g. `http://localhost:8000`.
 * @param publicUrl as configured; without it what the request says, of which `X-Forwarded-*` counts from a trusted proxy.
 * @throws BadRequest (`invalid_host`) where the request names a host that cannot stand in a link.
 */
export function publicBaseUrl(request: RequestOrigin, trust: Trust, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const isForwarded = trust(request.socket.remoteAddress ?? '', 0);
  const said = (name: string): string | undefined => (isForwarded ? first(request.headers[name]) : undefined);
  const host = said('x-forwarded-host') ?? first(request.headers['host']) ?? '';
  if (!HOST.test(host)) throw new BadRequest('Host: is not a host that can be answered', 'invalid_host');
  return `${said('x-forwarded-proto') === 'https' ? 'https' : 'http'}://${host}`;
}

/** The first of the values of a header, which is the one nearest to the client; undefined where there is none. */
function first(value: string | string[] | undefined): string | undefined {
  const text = String(value ?? '')
    .split(',')[0]
    ?.trim();
  return text === '' ? undefined : text;
}
