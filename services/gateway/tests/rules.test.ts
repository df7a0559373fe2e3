import { describe, expect, it } from '@jest/globals';
import { InvalidConfiguration, loadConfig } from '@commons/platform';
import { config } from '../src/config.ts';
import { clientAddress, isTrust, limitKey, trustOf } from '../src/domain/client-address.ts';
import { isOriginList, originsOf } from '../src/domain/origins.ts';
import { publicBaseUrl } from '../src/domain/public-base-url.ts';

const request = (remoteAddress: string, headers: Record<string, string> = {}) => ({
  socket: { remoteAddress },
  headers,
});

describe('the address of a client', () => {
  const chain = { 'x-forwarded-for': '203.0.113.9, 198.51.100.2, 10.0.0.3' };

  it.each([
    ['', '10.0.0.4'],
    ['0', '10.0.0.4'],
    ['1', '10.0.0.3'],
    ['2', '198.51.100.2'],
    ['3', '203.0.113.9'],
    ['9', '203.0.113.9'],
    ['loopback', '10.0.0.4'],
    ['10.0.0.0/8', '198.51.100.2'],
    ['uniquelocal, 198.51.100.2', '203.0.113.9'],
  ])('with TRUST_PROXY=%s is %s', (trust, address) => {
    expect(clientAddress(request('10.0.0.4', chain), trustOf(trust))).toBe(address);
  });

  it('is IPv4 where it comes as IPv6', () => {
    expect(clientAddress(request('::ffff:192.0.2.1'), trustOf(''))).toBe('192.0.2.1');
  });

  it.each(['everybody', '1.2.3', '10.0.0.0/99', '-1'])('is not to be had from TRUST_PROXY=%s', (trust) => {
    expect(isTrust(trust)).toBe(false);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s counts as %s', (address, key) => {
    expect(limitKey(address)).toBe(key);
  });
});

describe('the public address', () => {
  const forwarded = { host: 'inside:3000', 'x-forwarded-host': 'api.example.com', 'x-forwarded-proto': 'https' };

  it.each([
    ['as configured', '', 'https://api.example.com/', { host: 'x' }, 'https://api.example.com'],
    ['with a path, as configured', '', 'https://example.com/api/', { host: 'x' }, 'https://example.com/api'],
    ['by the Host', '', undefined, { host: 'localhost:8000' }, 'http://localhost:8000'],
    ['by a Host in IPv6', '', undefined, { host: '[::1]:8000' }, 'http://[::1]:8000'],
    ['by a trusted proxy', '1', undefined, forwarded, 'https://api.example.com'],
    ['not by one that is not trusted', '', undefined, forwarded, 'http://inside:3000'],
  ])('is %s', (_how, trust, configured, headers, expected) => {
    expect(publicBaseUrl(request('10.0.0.4', headers), trustOf(trust), configured)).toBe(expected);
  });

  it.each(['', 'a/b', 'a b', '"x"', 'a:b', 'x@y', '-a'])('is refused where the host is %j', (host) => {
    expect(() => publicBaseUrl(request('10.0.0.4', { host }), trustOf(''), undefined)).toThrow('Host: is not a host');
  });
});

describe('origins', () => {
  it.each([
    ['*', '*'],
    ['none', []],
    ['https://a.example', ['https://a.example']],
    ['https://a.example , http://localhost:5173', ['https://a.example', 'http://localhost:5173']],
  ])('of %s are read', (text, origins) => {
    expect([isOriginList(text), originsOf(text)]).toEqual([true, origins]);
  });

  it.each(['a.example', 'https://a.example/', 'https://a.example/path', '*.example', 'https://a.example,', 'null'])(
    'of %s are none',
    (text) => {
      expect(isOriginList(text)).toBe(false);
    },
  );
});

it('names every variable that is wrong', () => {
  const wrong = {
    PUBLIC_URL: 'api',
    TRUST_PROXY: 'all',
    CORS_ORIGINS: 'x',
    MAX_BODY_BYTES: '0',
    REALTIME_URL: 'http://a:4007, ws://b',
    RATE_LIMIT_USER_PER_SECOND: '-1',
  };
  const names = Object.keys(wrong);

  expect(() => loadConfig(config, wrong)).toThrow(InvalidConfiguration);
  try {
    loadConfig(config, wrong);
  } catch (error) {
    for (const name of names) expect(String(error)).toContain(`- ${name}: `);
  }
});
