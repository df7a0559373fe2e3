import { AsyncLocalStorage } from 'node:async_hooks';
import type { IdempotentRun } from './idempotency.ts';

/** What is known of the request or event that is being worked on; it travels with the asynchronous call chain. */
export type RequestContext = {
  requestId: string;
  /** Address of the client, as the gateway saw it. */
  ip: string | null;
  userAgent: string | null;
  /** The user on whose behalf the work is done; null for nobody. */
  actorId: string | null;
  /** The `Authorization` header, handed on to services that are called on the user's behalf. */
  authorization: string | null;
  /** Base of public links, e.g. `http://localhost:8000`. */
  publicBaseUrl: string;
  /** The `Idempotency-Key` of the request, handed on to services that are called on the user's behalf. */
  idempotencyKey?: string;
  /** Set while a request with an `Idempotency-Key` runs. */
  idempotent?: IdempotentRun;
};

const storage = new AsyncLocalStorage<RequestContext>();

/** The request or event that is being worked on, if any. */
export const currentRequest = (): RequestContext | undefined => storage.getStore();

/** Runs `work` as part of a request. */
export const withRequest = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);
