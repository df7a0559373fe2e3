import { JSON_ITERATOR, encodeGoJson } from '../go-json/encode.ts';
import { parseGoInt } from '../go-json/atoi.ts';
import { messageOf } from '../message-of.ts';
import type { Clock, StateBackend, StateEntry } from './state-backend.ts';
import { checkOptions, EtagError } from './state-store.ts';
import type { DeleteRequest, SetRequest, StateStore } from './state-store.ts';

/**
 * Dapr's `state.redis` on a Redis without the JSON module: etags count up from 1, an etag is ignored for last-write and for a missing
 * key, a key once written as first-write refuses every write without its etag, a write keeps the time to live of the one before unless
 * it brings its own (0 or less ends it), the expiry time is not told, and a failed operation does not undo the others of its transaction.
 * @param defaultTtlSeconds the component's `ttlInSeconds`.
 */
export function createRedisStore(
  backend: StateBackend,
  defaultTtlSeconds: number | undefined,
  now: Clock = Date.now,
): StateStore {
  return {
    capabilities: ['ETAG', 'TRANSACTIONAL', 'TTL', 'KEYS_LIKE', 'ACTOR'],
    queryFailure: 'redis-json server support is required for query capability',
    get: (key) => {
      const entry = backend.get(key);
      return entry && { json: entry.json, etag: entry.etag, metadata: {} };
    },
    set: (request) => {
      checkOptions(request.options);
      const version = versionOf(request);
      const ttlSeconds = ttlOf(request) ?? defaultTtlSeconds;
      const isFirstWrite = request.options.concurrency === 'first-write';
      const refusal = write(backend, request, version, isFirstWrite);
      if (refusal !== undefined) {
        throw request.etag
          ? new EtagError('mismatch', refusal)
          : new Error(`failed to set key ${request.key}: ${refusal}`);
      }
      expire(backend, request.key, ttlSeconds, now);
    },
    delete: (request) => {
      checkOptions(request.options);
      const refusal = remove(backend, request);
      if (refusal !== undefined) throw new EtagError('mismatch', refusal);
    },
    transact: (operations) => {
      const steps = operations.map((item) => {
        if (item.operation === 'delete') return () => remove(backend, item.request);
        const version = versionOf(item.request);
        const ttlSeconds = ttlOf(item.request) ?? defaultTtlSeconds;
        return () => {
          const refusal = write(backend, item.request, version, false);
          expire(backend, item.request.key, ttlSeconds, now);
          return refusal;
        };
      });
      const refusals: (string | undefined)[] = [];
      backend.together(() => steps.forEach((step) => refusals.push(step())));
      const first = refusals.find((refusal) => refusal !== undefined);
      if (first !== undefined) throw new Error(first);
    },
  };
}

/** Does what Dapr's script in Redis does; gives the script's complaint when it refuses. */
function write(backend: StateBackend, request: SetRequest, version: string, isFirstWrite: boolean): string | undefined {
  const current = backend.get(request.key);
  const isFree = !current || current.etag === version || (!current.firstWrite && version === '0');
  if (!isFree) return refusedBy('14', 'd908b9553add63a82e03589b5c6d01a7654ef0f2', `failed to set key ${request.key}`);
  const entry: StateEntry = {
    json: encodeGoJson(request.value, JSON_ITERATOR),
    etag: String(Number(current?.etag ?? 0) + 1),
    firstWrite: isFirstWrite || current?.firstWrite === true,
    expiresAt: current?.expiresAt,
  };
  backend.put(request.key, entry);
  return undefined;
}

function remove(backend: StateBackend, { key, etag }: DeleteRequest): string | undefined {
  const current = backend.get(key);
  const isFree = !current || !etag || etag === '0' || current.etag === etag;
  if (!isFree) return refusedBy('6', '2446db0de2c963f100727b388f03ead01d18c265', `failed to delete ${key}`);
  backend.delete(key);
  return undefined;
}

function expire(backend: StateBackend, key: string, ttlSeconds: number | undefined, now: Clock): void {
  const entry = ttlSeconds === undefined ? undefined : backend.get(key);
  if (!entry || ttlSeconds === undefined) return;
  backend.put(key, { ...entry, expiresAt: ttlSeconds > 0 ? now() + ttlSeconds * 1000 : undefined });
}

/** The version that a write must find: `0` for any. @throws EtagError for an etag that is no number. */
function versionOf({ etag, options }: SetRequest): string {
  if (!etag || options.concurrency === 'last-write') return '0';
  try {
    return String(parseGoInt(etag, 'Atoi'));
  } catch (error) {
    throw new EtagError('invalid', messageOf(error));
  }
}

function ttlOf({ metadata }: SetRequest): number | undefined {
  const text = metadata['ttlInSeconds'];
  if (!text) return undefined;
  try {
    return parseGoInt(text, 'ParseInt');
  } catch (error) {
    throw new Error(`failed to parse ttl from metadata: ${messageOf(error)}`, { cause: error });
  }
}

/** What Redis 7 says when Dapr's script, whose hash it names, raises an error. */
function refusedBy(line: string, script: string, complaint: string): string {
  return `ERR user_script:${line}: ${complaint} script: ${script}, on @user_script:${line}.`;
}
