import { integerVariable } from '@commons/platform';
import { z } from 'zod';
import { isOriginList } from './domain/origins.ts';
import { isTrust } from './domain/client-address.ts';
import { isAddressList } from './domain/replicas.ts';

/** What the gateway reads from its environment, beside what every service reads. */
export const config = z.object({
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of the API for the outside, for links in answers; unset, the Host that a request names'),
  TRUST_PROXY: z
    .string()
    .default('')
    .refine(isTrust, 'must be a number of proxies or a list of addresses, networks, loopback, linklocal, uniquelocal')
    .describe('Proxies in front whose X-Forwarded-* is believed: how many, or their addresses; empty, none'),
  CORS_ORIGINS: z
    .string()
    .default('*')
    .refine(isOriginList, 'must be *, or origins such as https://app.example.com, parted by commas')
    .describe('Origins whose pages may use the API from a browser, parted by commas; * for all, none for no page'),
  UPSTREAM_TIMEOUT_MS: integerVariable(50)
    .default(10_000)
    .describe('Longest silence of a service before a request is given up, in milliseconds'),
  MAX_BODY_BYTES: integerVariable(1)
    .default(8 * 1024 * 1024)
    .describe("Largest body of a request in bytes; a route's own limit may be smaller"),
  RATE_LIMIT_ADDRESS_PER_SECOND: integerVariable()
    .default(200)
    .describe('Requests a second that one address may make at one replica; 0 for any number'),
  RATE_LIMIT_USER_PER_SECOND: integerVariable()
    .default(50)
    .describe('Requests a second that one user may make at one replica; 0 for any number'),
  REALTIME_URL: z
    .string()
    .default('http://127.0.0.1:4007')
    .refine(isAddressList, 'must be http addresses, parted by commas')
    .describe(
      'Where WebSockets are passed on to: the addresses of the replicas of realtime, parted by commas, as Dapr carries none',
    ),
  WEBSOCKETS_MAX: integerVariable(1).default(20_000).describe('WebSockets that one replica passes on at a time'),
});
