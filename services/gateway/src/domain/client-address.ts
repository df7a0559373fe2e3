import proxyAddress from 'proxy-addr';

/** What says from where a request comes. */
export type RequestOrigin = {
  socket: { remoteAddress?: string | undefined };
  headers: Record<string, string | string[] | undefined>;
};

/** Whether a hop is a proxy of ours: its address, and how far it is from us (0 is who connects). */
export type Trust = (address: string, distance: number) => boolean;

/**
 * Reads whom to believe what they say of their clients.
 * @param text a number of proxies in front of us, or addresses, networks, `loopback`, `linklocal`, `uniquelocal`,
 *   parted by commas; empty for nobody.
 * @throws TypeError where it is none of these.
 */
export function trustOf(text: string): Trust {
  if (text === '') return () => false;
  if (/^\d+$/.test(text)) return (_address, distance) => distance < Number(text);
  return proxyAddress.compile(text.split(',').map((part) => part.trim()));
}

export function isTrust(text: string): boolean {
  try {
    trustOf(text);
    return true;
  } catch {
    return false;
  }
}

/** The address of the client: who connects, or whom trusted proxies name in `X-Forwarded-For`. */
export function clientAddress(request: RequestOrigin, trust: Trust): string {
  const { remoteAddress = '' } = request.socket;
  const origin = { headers: request.headers, connection: { remoteAddress }, socket: { remoteAddress } };
  return proxyAddress(origin as never, trust).replace(/^::ffff:(?=\d+\.)/, '');
}

/** What an address counts as for limits: of IPv6 a customer has a whole network, so that it is the first 64 bits. */
export function limitKey(address: string): string {
  if (!address.includes(':')) return address;
  const [left = '', right = ''] = address.replace(/%.*/, '').split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === '' ? [] : right.split(':');
  const zeros = address.includes('::') ? Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0') : [];
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}
