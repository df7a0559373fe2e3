import { SentenceError } from './sentence-error.ts';

/** An answer that says that something cannot be done, in the platform's own words. */
export class Refused extends SentenceError {
  readonly status: number;
  readonly code: string;

  constructor(status: number, { code = '', detail = '' }: { code?: string; detail?: string }) {
    super(detail || `The platform answered ${status}.`);
    this.status = status;
    this.code = code;
  }
}

export type Send = <Body>(method: string, path: string, options?: { token?: string; body?: unknown }) => Promise<Body>;

const TIMEOUT_MS = 15_000;

/** Requests to the platform. What cannot be done is thrown as Refused, and that nobody answers as a sentence. */
export function sender(url: string): Send {
  return async (method, path, { token, body } = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new SentenceError(`Nothing answers at ${url} (${reasonOf(error)}). Start the platform, or say --url.`);
    });
    const answer = (await response.json().catch(() => ({}))) as object;
    if (!response.ok) throw new Refused(response.status, answer);
    return answer as never;
  };
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}
