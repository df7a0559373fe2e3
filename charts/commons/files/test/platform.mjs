// Whether the platform answers, from inside of the cluster: every part is ready, a list can be read, what needs a user is
// refused, and a WebSocket without a token is too. Changes nothing.
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const { API, TIMEOUT_SECONDS } = process.env;
const limit = Date.now() + Number(TIMEOUT_SECONDS) * 1000;
let failed = 0;

await expect('every part is ready', async () => {
  const { status, body } = await eventually(
    () => get('/readyz'),
    ({ status }) => status === 200,
  );
  return status === 200 || JSON.stringify(body);
});
await expect('posts can be read', async () => {
  const { status, body } = await get('/api/posts');
  return (status === 200 && Array.isArray(body?.results)) || `${status} ${JSON.stringify(body)}`;
});
await expect('the keys of tokens can be read', async () => {
  const { status, body } = await get('/.well-known/jwks.json');
  return (status === 200 && body?.keys?.length > 0) || `${status} ${JSON.stringify(body)}`;
});
await expect('what needs a user is refused without one', async () => {
  const { status } = await get('/api/notifications');
  return status === 401 || String(status);
});
await expect('a WebSocket without a token is refused', async () => {
  const status = await statusOfUpgrade('/ws');
  return status === 401 || String(status);
});
process.exit(failed === 0 ? 0 : 1);

async function expect(what, check) {
  const result = await check().catch((error) => error.cause?.message ?? error.message);
  if (result !== true) failed += 1;
  console.log(result === true ? `ok      ${what}` : `FAILED  ${what}: ${result}`);
}

async function get(path) {
  const response = await fetch(API + path, { signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

async function eventually(ask, isGood) {
  for (;;) {
    const answer = await ask().catch((error) => ({ status: 0, body: String(error.cause ?? error) }));
    if (isGood(answer) || Date.now() > limit) return answer;
    await wait(1_000);
  }
}

function statusOfUpgrade(path) {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  return new Promise((resolve, reject) => {
    const asked = request(API + path, { headers, timeout: 10_000 });
    asked.once('response', ({ statusCode }) => resolve(statusCode)).once('upgrade', () => resolve(101));
    asked.once('timeout', () => asked.destroy(new Error('no answer'))).once('error', reject);
    asked.once('close', () => asked.destroy()).end();
  });
}
