import type { Response } from 'express';

/** What a route answers. `body` is sent as JSON; `stream` writes the response itself. */
export type Answer<Body = unknown> = {
  status: number;
  body?: Body;
  headers?: Record<string, string>;
  stream?: (response: Response) => Promise<void>;
};

/** 200 with a body; `etag` where it differs from the hash of the body. */
export const ok = <Body>(body: Body, headers: Record<string, string> = {}): Answer<Body> => ({
  status: 200,
  body,
  headers,
});

/** 201 with a body and where it is to be found. */
export const created = <Body>(body: Body, location: string, headers: Record<string, string> = {}): Answer<Body> => ({
  status: 201,
  body,
  headers: { location, ...headers },
});

/** 202: taken, to be done later. */
export const accepted = <Body>(body?: Body): Answer<Body> => ({ status: 202, ...(body !== undefined && { body }) });

/** 204: done, nothing to say. */
export const noContent = (): Answer<never> => ({ status: 204 });

/** 302 to another address. */
export const found = (location: string): Answer<never> => ({ status: 302, headers: { location } });
