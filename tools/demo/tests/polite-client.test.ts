import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { politeClient, requireReady } from '../src/polite-client.ts';
import { SentenceError } from '../src/sentence-error.ts';
import type { FakePlatform, Interruption } from './fake-platform.ts';
import { startFakePlatform } from './fake-platform.ts';

let platform: FakePlatform;
beforeEach(async () => {
  platform = await startFakePlatform();
});
afterEach(() => platform.close());

const call = { method: 'GET', path: '/readyz' } as const;
const interruptedBy = (status: number, more: Partial<Interruption> = {}) =>
  platform.interruptions.push({ route: 'GET /readyz', status, ...more });

/** A client whose clock moves only when it waits, and the waits that it took. */
function clientOnPaper(url = platform.url) {
  const waits: number[] = [];
  let time = 0;
  const wait = (ms: number) => {
    waits.push(ms);
    time += ms;
    return Promise.resolve();
  };
  return { waits, ...politeClient({ url, wait, now: () => time }) };
}

describe('a polite client', () => {
  it('waits as long as a 429 says, and then asks again', async () => {
    interruptedBy(429, { headers: { 'retry-after': '3' } });
    const client = clientOnPaper();
    expect((await client.send(call)).status).toBe(200);
    expect(client.waits).toEqual([3000]);
    expect(client.traffic).toEqual({ latenciesMs: [0, 0], waits: 1 });
  });

  it('waits a second where a 429 does not say how long, and until the moment where it names one', async () => {
    interruptedBy(429);
    interruptedBy(429, { headers: { 'retry-after': new Date(Date.now() + 60_000).toUTCString() } });
    const client = clientOnPaper();
    expect((await client.send(call)).status).toBe(200);
    expect(client.waits[0]).toBe(1000);
    expect(client.waits[1]).toBeGreaterThan(50_000);
    expect(client.waits[1]).toBeLessThanOrEqual(60_000);
  });

  it('lets nobody send while it was told to wait', async () => {
    interruptedBy(429, { headers: { 'retry-after': '5' } });
    const client = clientOnPaper();
    const wasTold = client.send(call);
    await expect(wasTold).resolves.toMatchObject({ status: 200 });
    expect(platform.requests).toEqual(['GET /readyz', 'GET /readyz']);

    interruptedBy(429, { headers: { 'retry-after': '5' } });
    await Promise.all([client.send(call), client.send(call), client.send(call)]);
    expect(client.traffic.waits).toBe(2);
    expect(client.waits.every((ms) => ms === 5000)).toBe(true);
  });

  it('gives up on a platform that asks for minutes', async () => {
    interruptedBy(429, { headers: { 'retry-after': '900' } });
    await expect(clientOnPaper().send(call)).rejects.toThrow(
      new SentenceError(`${platform.url} asks to wait 900 s before the next request. Try again then.`),
    );
  });

  it('asks again, ever later, while a part of the platform is away', async () => {
    interruptedBy(503);
    interruptedBy(502);
    const client = clientOnPaper();
    expect((await client.send(call)).status).toBe(200);
    expect(client.waits).toEqual([200, 400]);
  });

  it('hands on what it is answered, a last 503 as well', async () => {
    interruptedBy(418, { body: { code: 'teapot' } });
    const client = clientOnPaper();
    expect(await client.send(call)).toMatchObject({ status: 418, body: { code: 'teapot' } });
    for (let times = 0; times < 6; times += 1) interruptedBy(503);
    expect((await client.send(call)).status).toBe(503);
    expect(client.waits).toEqual([200, 400, 800, 1600, 3200]);
  });

  it('says so when nobody answers any more', async () => {
    await platform.close();
    await expect(clientOnPaper().send(call)).rejects.toThrow(
      new SentenceError(`${platform.url} stopped answering (ECONNREFUSED). Look at the platform's log.`),
    );
  });
});

describe('before the start', () => {
  it('the platform has to be ready', async () => {
    await expect(requireReady(platform.url)).resolves.toBeUndefined();
    interruptedBy(503);
    await expect(requireReady(platform.url)).rejects.toThrow(
      new SentenceError(`${platform.url} is not ready. Wait until ${platform.url}/readyz answers 200.`),
    );
  });

  it('a platform that is not ready says which part is missing', async () => {
    const parts = { post: { ok: true }, like: { ok: false, detail: 'Away.' }, auth: { ok: false } };
    interruptedBy(503, { body: { status: 'not_ready', parts } });
    await expect(requireReady(platform.url)).rejects.toThrow(
      new SentenceError(
        `${platform.url} is not ready, it lacks like (Away.), auth (not ready). Wait until ${platform.url}/readyz answers 200.`,
      ),
    );
  });

  it('the platform has to be there', async () => {
    await platform.close();
    await expect(requireReady(platform.url)).rejects.toThrow(
      new SentenceError(
        `Nothing answers at ${platform.url} (ECONNREFUSED). Start the platform with npm start in another terminal, or say with --url where it runs.`,
      ),
    );
  });
});
