import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, request } from 'node:http';
import type { ClientRequest, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';

const CALLEE = 'streaming-callee';
const CALLER = 'streaming-caller';

/** What the app does with a request, set by each test. */
let handle: (incoming: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let target: Target;

/** Starts an invocation; its body is written by the test. */
function invoke(path: string, method: string, headers: Record<string, string> = {}): ClientRequest {
  return request(`${target.url(CALLER)}/v1.0/invoke/${CALLEE}/method/${path}`, { method, headers, agent: false });
}

const responseTo = (outgoing: ClientRequest) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
  });

const nextChunk = (stream: IncomingMessage) =>
  new Promise<string>((resolve, reject) => {
    stream.once('data', (chunk: Buffer) => {
      stream.pause();
      resolve(chunk.toString());
    });
    stream.once('error', reject);
    stream.resume();
  });

beforeAll(async () => {
  server = createServer((incoming, response) => {
    if (incoming.url?.startsWith('/dapr/')) response.writeHead(404).end();
    else handle(incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  target = await startTarget({
    apps: [{ id: CALLEE, appPort: (server.address() as AddressInfo).port }, { id: CALLER }],
  });
});

afterAll(async () => {
  await target.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('an invocation whose body grows', () => {
  it('brings the answer while the app still writes it', async () => {
    let answering: ServerResponse | undefined;
    handle = (_, response) => {
      answering = response;
      response.write('first');
    };

    const outgoing = invoke('grows', 'GET');
    outgoing.end();
    const answer = await responseTo(outgoing);
    const first = await nextChunk(answer);
    answering?.end(' and last');
    const rest = await text(answer);

    expect([first, rest]).toEqual(['first', ' and last']);
  });

  it('brings the request while the caller still writes it', async () => {
    let arrived: (chunk: string) => void;
    const firstArrived = new Promise<string>((resolve) => (arrived = resolve));
    handle = (incoming, response) => {
      void nextChunk(incoming).then(async (first) => {
        arrived(first);
        response.end(`${first}${await text(incoming)}`);
      });
    };

    const outgoing = invoke('takes', 'POST');
    outgoing.write('first');
    const first = await firstArrived;
    outgoing.end(' and last');
    const answer = await text(await responseTo(outgoing));

    expect([first, answer]).toEqual(['first', 'first and last']);
  });

  it('brings server-sent events one by one', async () => {
    let answering: ServerResponse | undefined;
    handle = (_, response) => {
      answering = response;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
    };

    const outgoing = invoke('events', 'GET', { accept: 'text/event-stream' });
    outgoing.end();
    const answer = await responseTo(outgoing);
    const first = await nextChunk(answer);
    answering?.end('data: 2\n\n');
    const rest = await text(answer);

    expect({ type: answer.headers['content-type'], first, rest }).toEqual({
      type: 'text/event-stream',
      first: 'data: 1\n\n',
      rest: 'data: 2\n\n',
    });
  });

  it('ends for the app when the caller goes away', async () => {
    const gone = new Promise<void>((resolve) => {
      handle = (_, response) => {
        response.once('close', resolve);
        response.write('first');
      };
    });

    const outgoing = invoke('abandoned', 'GET');
    outgoing.end();
    const answer = await responseTo(outgoing);
    await nextChunk(answer);
    answer.destroy();

    await expect(gone).resolves.toBeUndefined();
  });

  it('looks whole to the caller when the app breaks off', async () => {
    handle = (_, response) => {
      response.write('first', () => response.destroy());
    };

    const outgoing = invoke('broken-off', 'GET');
    outgoing.end();
    const answer = await responseTo(outgoing);

    expect({ status: answer.statusCode, body: await text(answer) }).toEqual({ status: 200, body: 'first' });
  });

  it('brings more than the body of a request may hold', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    handle = (_, response) => {
      for (let count = 0; count < 6; count++) response.write(megabyte);
      response.end();
    };

    const outgoing = invoke('large', 'GET');
    outgoing.end();

    expect((await text(await responseTo(outgoing))).length).toBe(6 * 1024 * 1024);
  });
});
