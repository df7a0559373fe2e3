// Whether the platform answers, from inside of the cluster: every part is ready, a list can be read, what needs a user is
// refused, and a WebSocket without a token is too. Changes nothing.
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
await expect('a WebSocket without a token is refused', async () => (await isRefused('/ws')) || 'it was opened');
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

function isRefused(path) {
  const socket = new WebSocket(API.replace('http', 'ws') + path);
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(false));
    socket.addEventListener('error', () => resolve(true));
  });
}
