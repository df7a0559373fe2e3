import { randomUUID } from 'node:crypto';
import { ENCODING_JSON, encodeGoJson } from '../go-json/encode.ts';
import { parseGoInt } from '../go-json/atoi.ts';
import type { Clock, StateBackend } from './state-backend.ts';
import { checkOptions, EtagError } from './state-store.ts';
import type { DeleteRequest, SetRequest, StateOperation, StateStore } from './state-store.ts';

/**
 * Dapr's `state.in-memory`: etags are UUIDs, an etag is compared whatever the concurrency, a write without a time to live lives for
 * ever, and a transaction is all or nothing.
 */
export function createInMemoryStore(backend: StateBackend, now: Clock = Date.now): StateStore {
  const put = (request: SetRequest, ttlSeconds: number) => {
    const expiresAt = ttlSeconds > 0 ? now() + ttlSeconds * 1000 : undefined;
    const json = encodeGoJson(request.value, ENCODING_JSON);
    backend.put(request.key, { json, etag: randomUUID(), firstWrite: false, expiresAt });
  };

  return {
    capabilities: ['ETAG', 'TRANSACTIONAL', 'TTL', 'DELETE_WITH_PREFIX', 'KEYS_LIKE', 'ACTOR'],
    queryFailure: undefined,
    get: (key) => {
      const entry = backend.get(key);
      if (!entry) return undefined;
      const metadata = entry.expiresAt === undefined ? {} : { ttlExpireTime: rfc3339(entry.expiresAt) };
      return { json: entry.json, etag: entry.etag, metadata };
    },
    set: (request) => {
      const ttlSeconds = checkedTtl(request);
      checkEtag(backend, request);
      put(request, ttlSeconds);
    },
    delete: (request) => {
      checkOptions(request.options);
      checkEtag(backend, request);
      backend.delete(request.key);
    },
    transact: (operations) => {
      const ttls = operations.map((item) => (item.operation === 'upsert' ? checkedTtl(item.request) : 0));
      for (const { request } of operations) checkEtag(backend, request);
      backend.together(() => operations.forEach((item, index) => apply(item, ttls[index] ?? 0)));
    },
  };

  function apply(item: StateOperation, ttlSeconds: number): void {
    if (item.operation === 'upsert') put(item.request, ttlSeconds);
    else backend.delete(item.request.key);
  }
}

function checkedTtl({ options, metadata }: SetRequest): number {
  checkOptions(options);
  const text = metadata['ttlInSeconds'];
  return text ? parseGoInt(text, 'Atoi') : 0;
}

function checkEtag(backend: StateBackend, { key, etag, options }: SetRequest | DeleteRequest): void {
  const current = backend.get(key);
  if (!etag) {
    if (options.concurrency === 'first-write' && current) {
      throw new EtagError('mismatch', 'item already exists and no etag was passed');
    }
    return;
  }
  if (!current) throw new EtagError('mismatch', `state not exist or expired for key=${key}`);
  if (current.etag !== etag) {
    throw new EtagError('mismatch', `state etag not match for key=${key}: current=${current.etag}, expect=${etag}`);
  }
}

function rfc3339(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
