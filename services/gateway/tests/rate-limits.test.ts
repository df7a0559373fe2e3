import { aUser, until } from '@commons/platform/testing';
import { expect, it } from '@jest/globals';
import { echoes, gatewayOf, type Reply } from './gateway-under-test.ts';

const gateway = gatewayOf({
  apps: echoes,
  environment: { TRUST_PROXY: 'loopback', RATE_LIMIT_ADDRESS_PER_SECOND: '6', RATE_LIMIT_USER_PER_SECOND: '3' },
});

let lastAddress = 0;
/** An address that no other test uses. */
const anAddress = (): string => `198.51.100.${(lastAddress += 1)}`;

const from = (address: string, headers: Record<string, string> = {}) => ({
  headers: { 'x-forwarded-for': address, ...headers },
});

const bearer = (): { authorization: string } => ({ authorization: `Bearer ${gateway.built.tokenFor(aUser())}` });

/** Asks one after the other, all within one second, until the answer is a refusal. */
async function askUntilRefused(ask: () => Promise<Reply>): Promise<Reply[]> {
  const replies: Reply[] = [];
  await until(async () => {
    replies.push(await ask());
    return replies.at(-1)?.status === 429;
  }, 'a refusal');
  return replies;
}

const limitHeaders = ({ headers }: Reply) => [
  headers['ratelimit-policy'],
  headers['ratelimit-limit'],
  headers['ratelimit-remaining'],
  headers['ratelimit-reset'],
];

it('says on every answer what is left', async () => {
  const address = anAddress();

  expect(limitHeaders(await gateway.ask('/api/posts', from(address)))).toEqual(['6;w=1', '6', '5', '1']);
  expect(limitHeaders(await gateway.ask('/openapi.json', from(address)))).toEqual(['6;w=1', '6', '4', '1']);
});

it('refuses an address that asks too often, says when to come back, and lets it in again then', async () => {
  const address = anAddress();
  const replies = await askUntilRefused(() => gateway.ask('/api/posts', from(address)));
  const refusal = replies.at(-1)!;

  expect(replies.length).toBeGreaterThanOrEqual(7);
  expect([refusal.headers['content-type'], refusal.headers['retry-after']]).toEqual([
    'application/problem+json; charset=utf-8',
    '1',
  ]);
  expect(limitHeaders(refusal)).toEqual(['6;w=1', '6', '0', '1']);
  expect(refusal.json()).toMatchObject({
    status: 429,
    code: 'too_many_requests',
    detail: 'The limit is 6 requests a second.',
  });
  await until(async () => (await gateway.ask('/api/posts', from(address))).status === 200, 'the next second');
});

it('counts each address for itself, and a network of IPv6 as one', async () => {
  const [one, other] = [anAddress(), anAddress()];
  await askUntilRefused(() => gateway.ask('/api/posts', from(one)));
  expect((await gateway.ask('/api/posts', from(other))).status).toBe(200);

  let host = 0;
  const replies = await askUntilRefused(() => gateway.ask('/api/posts', from(`2001:db8:1:2::${(host += 1)}`)));
  expect(replies.at(-1)?.status).toBe(429);
  expect((await gateway.ask('/api/posts', from('2001:db8:1:3::1'))).status).toBe(200);
});

it('refuses a user who asks too often from many addresses, and nobody else', async () => {
  const alice = bearer();
  const first = await gateway.ask('/api/posts', from(anAddress(), alice));
  const replies = await askUntilRefused(() => gateway.ask('/api/posts', from(anAddress(), alice)));

  expect(limitHeaders(first)).toEqual(['3;w=1', '3', '2', '1']);
  expect(limitHeaders(replies.at(-1)!)).toEqual(['3;w=1', '3', '0', '1']);
  expect((await gateway.ask('/api/posts', from(anAddress(), bearer()))).status).toBe(200);
});

it('counts a forged token for nobody, and leaves it to the service to refuse it', async () => {
  const forged = { authorization: `${bearer().authorization.slice(0, -8)}AAAAAAAA` };
  const reply = await gateway.ask('/api/posts', from(anAddress(), forged));

  expect([reply.status, reply.json().headers.authorization]).toEqual([200, forged.authorization]);
  expect(limitHeaders(reply)).toEqual(['6;w=1', '6', '5', '1']);
});

it('answers 404 and 405 of its own before 429', async () => {
  const address = anAddress();
  await askUntilRefused(() => gateway.ask('/api/posts', from(address)));

  expect((await gateway.ask('/nothing', from(address))).status).toBe(404);
  expect((await gateway.ask('/login', from(address))).status).toBe(405);
});

it('answers 429 before it looks at a body', async () => {
  const address = anAddress();
  await askUntilRefused(() => gateway.ask('/api/posts', from(address)));
  const tooLarge = { ...from(address, { 'content-length': '99999999' }), method: 'POST' };

  expect((await gateway.ask('/api/posts', tooLarge)).status).toBe(429);
});
