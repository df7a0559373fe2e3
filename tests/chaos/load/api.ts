import type { Traffic } from './traffic.ts';

/** What came back; `status` 0 where nothing did. */
export type Answer = {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer is what it is: whoever asked knows its shape
  body: any;
  headers: Headers;
};

export type Request = {
  purpose: string;
  method: string;
  path: string;
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
};

export type Api = {
  url: string;
  ask(request: Request): Promise<Answer>;
};

/** After this nobody waits any more. The API promises an answer within 30 s; a hang is what takes longer than `HANG_MS`. */
const GIVE_UP_MS = 45_000;
export const HANG_MS = 35_000;

/** Asks the API and notes each exchange; a connection that breaks is an answer of status 0. */
export function createApi(url: string, traffic: Traffic): Api {
  return {
    url,
    async ask(request) {
      const { purpose, method, path } = request;
      const startedAt = Date.now();
      const { answer, failure } = await send(url, request);
      const { status, body, headers } = answer;
      traffic.note({
        purpose,
        method,
        path,
        status,
        code: status >= 400 ? (body as { code?: string } | undefined)?.code : undefined,
        failure,
        isProblem: headers.get('content-type')?.startsWith('application/problem+json') ?? false,
        startedAt,
        endedAt: Date.now(),
      });
      return answer;
    },
  };
}

async function send(
  url: string,
  { method, path, token, body, headers = {} }: Request,
): Promise<{ answer: Answer; failure: string | undefined }> {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(GIVE_UP_MS),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const read: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
    return { answer: { status: response.status, body: read, headers: response.headers }, failure: undefined };
  } catch (error) {
    return { answer: { status: 0, body: undefined, headers: new Headers() }, failure: reasonOf(error) };
  }
}

/** `fetch` hides what happened to the connection in the cause. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? `${name}: ${message}`;
}
