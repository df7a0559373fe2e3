export { createAuthenticator, type Authenticator } from './auth/authenticate.ts';
export type { Jwk } from './auth/jwks.ts';
export type { TokenSource } from './auth/token-source.ts';
export { isAdmin, type User } from './auth/user.ts';
export type { VerifiedToken } from './auth/verify-token.ts';
export { createBlobStore, type BlobStore, type StoredBlob } from './blob/blob-store.ts';
export { environment } from './config/environment.ts';
export { InvalidConfiguration, loadConfig, type Environment } from './config/load-config.ts';
export { platformConfig, type PlatformConfig } from './config/platform-config.ts';
export { flagVariable, integerVariable, portVariable } from './config/variables.ts';
export { createCircuits, type Circuits } from './dapr/circuits.ts';
export type { Dapr } from './dapr/dapr.ts';
export { DaprFailure, fromSidecar } from './dapr/failures.ts';
export { deadLetterTopic, subscribeDocument } from './events/subscribe-document.ts';
export {
  listenFor,
  subscribeFor,
  type BroadcastInput,
  type EventInput,
  type Subscription,
} from './events/subscription.ts';
export { accepted, created, found, noContent, ok, type Answer } from './http/answers.ts';
export { MAX_JSON_BYTES } from './http/body.ts';
export { answerFor, type CallHandlerInput } from './http/call-route.ts';
export * from './http/errors.ts';
export { entityTag, requireMatch } from './http/etag.ts';
export { checkReadiness, type Readiness } from './http/health.ts';
export { openApiComponents, type OpenApiDocument } from './http/openapi.ts';
export {
  cursorHeaders,
  cursorPageOf,
  decodeCursor,
  encodeCursor,
  pageHeaders,
  pageOf,
  pageQuery,
  publicUrl,
  toPage,
  type CursorPage,
  type Page,
} from './http/pagination.ts';
export { asHttpError, problemOf, sendProblem } from './http/problem.ts';
export { refuseSocket } from './http/refuse-socket.ts';
export { currentRequest, withRequest, type RequestContext } from './http/request-context.ts';
export { sendBytes } from './http/send-bytes.ts';
export { routeFor, type Access, type Route, type RouteInput, type RouteOptions } from './http/route.ts';
export { MAX_IMAGE_BYTES, type UploadedFile } from './http/uploads.ts';
export { parseInput } from './http/validation.ts';
export { createBacklog, type Backlog } from './jobs/create-backlog.ts';
export { createJobs, prepareJobs, type JobKinds, type JobRun, type Jobs, type JobSteps } from './jobs/create-jobs.ts';
export { createCountCache, type CountCache } from './lists/count-cache.ts';
export { countList } from './lists/count-list.ts';
export type { Logger } from './log/logger.ts';
export { createOutageLog, type OutageLog } from './log/outage-log.ts';
export type { Migration } from './mongo/migrate.ts';
export type { RunTransaction, Transaction } from './mongo/transaction.ts';
export { currentTraceId, traceHeaders } from './observability/tracing.ts';
export { systemClock, type Clock } from './service/clock.ts';
export { createService, type Service, type ServiceOptions } from './service/create-service.ts';
export {
  defineService,
  type AnyService,
  type BaseContext,
  type Rebuild,
  type ServiceDefinition,
} from './service/define-service.ts';
export { createKeyedQueue, inAllTurns, type KeyedQueue } from './service/keyed-queue.ts';
export { run } from './service/run.ts';
export { createBlocks, prepareBlocks, rebuildBlocks, type Blocks } from './relations/blocks.ts';
export { createFollows, prepareFollows, rebuildFollows } from './relations/follows.ts';
export type { Relation, RelationCopies } from './relations/relation-copies.ts';
export { wordsOf } from './text/words-of.ts';
export { nameChanges, unlessLater } from './users/name-changes.ts';
export { createNameCopies, type KnownNames } from './users/name-copies.ts';
export { noteName } from './users/note-name.ts';
export { rebuildNames } from './users/rebuild-names.ts';
export { createUsers, type UserName, type Users } from './users/users.ts';
