import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../end-to-end/support/client.ts';
import { eventually } from '../end-to-end/support/eventually.ts';
import { openPlatform, type Platform } from './support/release.ts';
import { underLoad } from './support/steady-load.ts';

// As docs/operations.md has them; there the archive leaves the pod.
const BACKUP = `cd /tmp && umask 077
  echo "uri: mongodb://commons:$PASSWORD@$MEMBERS/?replicaSet=rs0&authSource=admin" > backup.yaml
  mongodump --config backup.yaml --oplog --gzip --archive=commons.archive --quiet`;
const RESTORE = `cd /tmp && mongorestore --config backup.yaml --oplogReplay --drop --gzip --archive=commons.archive --quiet`;
const FORGET_EVENTS = `rabbitmqctl --silent list_queues name |
  while read -r queue; do rabbitmqctl --silent purge_queue "$queue" < /dev/null || true; done`;
const FORGET_COPIES = `redis-cli -a "$PASSWORD" --no-auth-warning flushall`;
const REBUILD = fileURLToPath(new URL('../../tools/rebuild/src/main.ts', import.meta.url));
const SERVICES = ['deployment', '--selector', 'app.kubernetes.io/part-of=commons'];

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
  await platform.isReady();
});

const inPod = (pod: string, script: string): Promise<string> => platform.kubectl('exec', pod, '--', 'sh', '-c', script);

async function stopServices(): Promise<void> {
  await platform.kubectl('scale', ...SERVICES, '--replicas=0');
  // Whatever they still do is undone anyway.
  await platform.kubectl('delete', 'pods', '--selector', 'dapr.io/app-id', '--grace-period=0', '--force');
}

async function rebuild(): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=source', REBUILD, '--url', platform.url],
    { env: { ...process.env, ADMIN_USERNAME: 'root', ADMIN_PASSWORD: 'correct horse battery' } },
  );
  return stdout;
}

const read = (postId: string, as: Account) => platform.api.send('GET', `/api/posts/${postId}`, { as });

/** A post that somebody has liked and commented on, and whose counts say so. */
async function aPostWithCounts(author: Account): Promise<string> {
  const fan = await platform.api.register();
  const id = await aPost(author, 'Kept');
  await platform.api.send('PUT', `/api/posts/${id}/like`, { as: fan });
  await platform.api.send('POST', '/api/comments', { as: fan, body: { post_id: id, content: 'Mine too.' } });
  await eventually(
    () => read(id, author),
    ({ body }) => body.likes_count === 1 && body.comments_count === 1,
  );
  return id;
}

async function aPost(author: Account, title: string): Promise<string> {
  const { body } = await platform.api.send('POST', '/api/posts', { as: author, body: { title, content: 'x' } });
  return body.id as string;
}

describe('a backup that is made while people write', () => {
  it('brings back what was there, counts and sessions and all, and nothing that came later', async () => {
    const author = await platform.api.register();
    const kept = await aPostWithCounts(author);
    let before: string[] = [];
    await underLoad(platform.api, async ({ posts }) => {
      await eventually(
        async () => posts.length,
        (count) => count >= 3,
      );
      before = [...posts];
      await inPod('mongodb-0', BACKUP);
    });
    expect((await platform.api.send('DELETE', `/api/posts/${kept}`, { as: author })).status).toBe(204);
    const late = await aPost(author, 'Late');

    await stopServices();
    await Promise.all([
      inPod('mongodb-0', RESTORE),
      inPod('rabbitmq-0', FORGET_EVENTS),
      inPod('redis-0', FORGET_COPIES),
    ]);
    await platform.kubectl('scale', ...SERVICES, '--replicas=1');
    await platform.isReady();
    const said = await rebuild();

    const { body } = await read(kept, author);
    expect(body).toMatchObject({ title: 'Kept', likes_count: 1, comments_count: 1 });
    expect((await read(late, author)).status).toBe(404);
    for (const id of before) expect((await read(id, author)).status).toBe(200);
    expect(said).toContain('post: ');
  }, 600_000);
});
