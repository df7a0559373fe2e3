import { request as startRequest } from 'node:http';
import { randomUUID } from 'node:crypto';
import { getVisiblePost, type EventData, type EventDefinition } from '@commons/contracts';
import { createService, NotFound, type Environment, type Service } from '@commons/platform';
import {
  buildService,
  fakeCall,
  type BuildOptions,
  type ServiceUnderTest,
  type TestUser,
} from '@commons/platform/testing';
import { afterAll, beforeAll } from '@jest/globals';
import type { RealtimeContext } from '../src/context.ts';
import { service } from '../src/service.ts';
import { fakeChats } from './fake-chats.ts';
import { openSocket, type TestSocket } from './test-socket.ts';

export type RealtimeUnderTest = ServiceUnderTest<RealtimeContext> & {
  /** Opens a WebSocket in the name of a user. */
  socketOf(user: TestUser): Promise<TestSocket>;
  /** Has an event on its way to every replica, without waiting until it is there. */
  tell<E extends EventDefinition>(event: E, data: EventData<E>, id?: string): Promise<void>;
  /** Asks for a ticket. */
  ticketFor(user: TestUser): Promise<string>;
};

/** Posts that the fake of `post` shows to nobody, or to these users only. */
export type Posts = Map<string, { visibleTo: string[] }>;

/** Who wrote which post, where it matters. */
export type Authors = Map<string, string>;

/** Posts that are for followers; all others are public. */
export type ForFollowers = Set<string>;

/** What `post` answers: all posts are there for everybody but those in `hidden`. */
export const fakePosts = (
  hidden: Posts = new Map(),
  authors: Authors = new Map(),
  forFollowers: ForFollowers = new Set(),
) =>
  fakeCall(getVisiblePost, ({ post_id, viewer }) => {
    const rule = hidden.get(post_id);
    if (rule && !rule.visibleTo.includes(viewer?.id ?? ''))
      throw new NotFound('There is no such post.', 'post_not_found');
    const author_id = authors.get(post_id) ?? post_id;
    const visibility = forFollowers.has(post_id) ? ('followers' as const) : ('public' as const);
    return { post_id, author_id, title: 'A post', visibility, revision: 1 };
  });

export async function buildRealtime(options: BuildOptions = {}): Promise<RealtimeUnderTest> {
  const built = await buildService(service, {
    fakes: [fakePosts(), ...fakeChats().calls],
    ...options,
    environment: { PRESENCE_LINGER_MS: '20', ...options.environment },
  });
  return Object.assign(built, {
    socketOf: (user: TestUser) => openSocket(built.port, { token: built.tokenFor(user) }),
    async tell<E extends EventDefinition>(event: E, data: EventData<E>, id: string = randomUUID()) {
      const meta = { actor_id: null, ip: null, user_agent: null };
      const response = await fetch(`${built.harness.sidecar('other-service').url}/v1.0/publish/pubsub/${event.topic}`, {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents+json' },
        body: JSON.stringify({
          ...{ specversion: '1.0', id, type: event.type, source: 'other-service', time: new Date().toISOString() },
          datacontenttype: 'application/json',
          data: { v: event.version, meta, ...data },
        }),
      });
      if (!response.ok) throw new Error(`publishing answered ${response.status}`);
    },
    ticketFor: async (user: TestUser) => {
      const { body } = (await built.as(user).post('/api/realtime/ticket').expect(200)) as { body: { ticket: string } };
      return body.ticket;
    },
  });
}

/** A realtime for the tests of a file. */
export function realtimeOf(options: BuildOptions = {}): { readonly built: RealtimeUnderTest } {
  let built: RealtimeUnderTest | undefined;
  beforeAll(async () => {
    built = await buildRealtime(options);
  });
  afterAll(async () => {
    await built?.stop();
  });
  return {
    get built() {
      if (!built) throw new Error('realtime is not there yet');
      return built;
    },
  };
}

/** What another replica of the same service is to know, with a sidecar of its own. */
export async function replicaEnvironment({ harness, ctx }: RealtimeUnderTest) {
  const sidecar = await harness.addApp({ id: 'realtime', maxBodyBytes: 8 * 1024 * 1024 });
  const { MONGODB_URI, DATABASE_PREFIX, REVOCATION_POLL_MS, PRESENCE_EXPIRY_MS, PRESENCE_LINGER_MS } = ctx.config;
  const environment: Environment = {
    MONGODB_URI,
    DATABASE_PREFIX,
    REVOCATION_POLL_MS: String(REVOCATION_POLL_MS),
    PRESENCE_EXPIRY_MS: String(PRESENCE_EXPIRY_MS),
    PRESENCE_LINGER_MS: String(PRESENCE_LINGER_MS),
    DAPR_HTTP_PORT: String(sidecar.port),
    LOG_LEVEL: 'silent',
  };
  return { sidecar, environment };
}

/** Another replica of the same service. */
export async function addReplica(built: RealtimeUnderTest): Promise<Service<RealtimeContext>> {
  const { sidecar, environment } = await replicaEnvironment(built);
  const replica = await createService(service, { environment });
  await sidecar.connectApp(replica.port);
  return {
    ...replica,
    async stop() {
      await sidecar.disconnectApp();
      await replica.stop();
    },
  };
}

export type Refusal = {
  status: number;
  type: string | undefined;
  authenticate: string | undefined;
  body: Record<string, unknown>;
};

/** A handshake that is refused: its answer. */
export function refusedHandshake(port: number, path: string, headers: Record<string, string> = {}): Promise<Refusal> {
  const handshake = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  return new Promise((resolve, reject) => {
    startRequest({ host: '127.0.0.1', port, path, headers: { ...handshake, ...headers }, agent: false })
      .on('response', (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'],
            authenticate: answer.headers['www-authenticate'],
            body: JSON.parse(text) as Record<string, unknown>,
          }),
        );
      })
      .on('upgrade', (_answer, socket) => {
        socket.destroy();
        reject(new Error('the handshake was accepted'));
      })
      .on('error', reject)
      .end();
  });
}
