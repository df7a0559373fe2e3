import { beforeAll, describe, expect, it } from '@jest/globals';
import { openPlatform, type Platform } from './support/release.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
  await platform.isReady();
});

/** What a script prints that runs within a service's own container. */
const runIn = (service: string, script: string): Promise<string> =>
  platform.kubectl(
    ...['exec', `deployment/${service}`, '--container', service, '--'],
    ...['node', '--input-type=module', '--eval', script],
  );

/** What a service gets that asks through its own sidecar, from within its own container. */
async function askedBy(service: string, path: string, body = '{}'): Promise<number> {
  const script = `
    const { DAPR_API_TOKEN: token } = process.env;
    const headers = { 'content-type': 'application/json', ...(token && { 'dapr-api-token': token }) };
    const url = 'http://127.0.0.1:3500/v1.0/' + ${JSON.stringify(path)};
    const signal = AbortSignal.timeout(20_000);
    const { status } = await fetch(url, { method: 'POST', headers, body: ${JSON.stringify(body)}, signal });
    console.log(status);
    process.exit();`;
  const answer = await runIn(service, script);
  return Number(answer);
}

describe('a service on the cluster', () => {
  it('may call what its code calls', async () => {
    expect(await askedBy('comment', 'invoke/auth/method/internal/ListUsers')).toBe(200);
  });

  it.each([
    ['comment', 'auth', 'CreateSession'],
    ['realtime', 'post', 'ListPostReferences'],
    ['like', 'comment', 'ListCommentCounts'],
  ])('is refused what its code does not call: %s of %s %s', async (caller, app, call) => {
    expect(await askedBy(caller, `invoke/${app}/method/internal/${call}`)).toBe(403);
  });

  it('publishes by the component of all, and not by one by which others read', async () => {
    expect(await askedBy('realtime', 'publish/pubsub-comment-events/comment-events')).toBeGreaterThanOrEqual(400);
  });

  it('does not answer past its sidecar', async () => {
    const script = `
      const signal = AbortSignal.timeout(20_000);
      const { status } = await fetch('http://auth:4000/internal/ListUsers', { method: 'POST', signal });
      console.log(status);
      process.exit();`;
    expect(Number(await runIn('comment', script))).toBe(401);
  });
});
