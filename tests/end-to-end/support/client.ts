import { randomBytes } from 'node:crypto';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer is what it is: the tests say what it should be
export type Reply<Body = any> = { status: number; body: Body; headers: Headers };

export type Account = { id: string; username: string; password: string; token: string; refreshToken: string };

export type Client = {
  /** Sends a request in somebody's name, or nobody's, and reads the answer. */
  send(
    method: string,
    path: string,
    options?: { as?: Pick<Account, 'token'> | undefined; body?: unknown; headers?: Record<string, string> },
  ): Promise<Reply>;
  /** A new account. */
  register(name?: string): Promise<Account>;
  login(username: string, password: string): Promise<Account>;
};

/** A client of the public API. @param url where it is; a function where that is known only later */
export function createApiClient(url: string | (() => string)): Client {
  const send: Client['send'] = async (method, path, { as, body, headers = {} } = {}) => {
    const response = await fetch(`${typeof url === 'string' ? url : url()}${path}`, {
      method,
      headers: {
        ...(as && { authorization: `Bearer ${as.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
      redirect: 'manual',
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
  };

  return {
    send,
    async register(name = `u${randomBytes(6).toString('hex')}`) {
      const password = 'a long enough password';
      const { status, body } = await send('POST', '/api/auth/register', {
        body: { username: name, email: `${name}@example.com`, password },
      });
      if (status !== 201) throw new Error(`registering ${name} answered ${status}: ${JSON.stringify(body)}`);
      return { id: body.id, username: name, password, token: body.token, refreshToken: body.refresh_token };
    },
    async login(username, password) {
      const { status, body } = await send('POST', '/api/auth/login', { body: { username, password } });
      if (status !== 200) throw new Error(`logging ${username} in answered ${status}: ${JSON.stringify(body)}`);
      return { id: body.user_id, username, password, token: body.token, refreshToken: body.refresh_token };
    },
  };
}

/** What is sent as it is, rather than as JSON. */
const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || ArrayBuffer.isView(body);
