import type { Express, Request, Response } from 'express';
import { authorize, type Authenticator } from '../auth/authenticate.ts';
import type { Logger } from '../log/logger.ts';
import { readJson } from './body.ts';
import { entityTag } from './etag.ts';
import { BadRequest, MethodNotAllowed, RouteNotFound, UnsupportedMediaType } from './errors.ts';
import type { Answer } from './answers.ts';
import type { Idempotency } from './idempotency.ts';
import { currentRequest } from './request-context.ts';
import type { Route } from './route.ts';
import { readForm, type UploadedFile } from './uploads.ts';
import { parseInput } from './validation.ts';

export type RouteHost<Context> = {
  app: Express;
  ctx: Context;
  log: Logger;
  authenticator: Authenticator;
  idempotency: Idempotency | undefined;
  /** Check every answer against its schema. */
  validateAnswers: boolean;
};

/** Mounts the routes, the most specific path first; a known path with another method is a 405. */
export function registerRoutes<Context>(routes: readonly Route<Context>[], host: RouteHost<Context>): void {
  for (const [path, group] of byPath(routes)) {
    const mounted = host.app.route(path);
    const methods = group.map(({ method }) => method);
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
    for (const route of group) {
      mounted[route.method.toLowerCase() as 'get'](async (request, response) =>
        answerRequest(route, host, request, response),
      );
    }
    mounted.options((_request, response) => response.status(204).set('allow', allow.join(', ')).end());
    mounted.all((request) => {
      throw isThing(group, request) ? new MethodNotAllowed(allow) : new RouteNotFound();
    });
  }
}

/** Whether a path is of a thing that could be there: `/things/words` is no thing where things have ids. */
function isThing<Context>(group: Route<Context>[], { params }: Request): boolean {
  return group.some((route) => !route.params || route.params.safeParse(params).success);
}

function byPath<Context>(routes: readonly Route<Context>[]): [string, Route<Context>[]][] {
  const groups = Map.groupBy(routes, ({ path }) => path);
  return [...groups].sort(([a], [b]) => (specificity(a) < specificity(b) ? -1 : 1));
}

/** Sorts `/a/b` before `/a/:b`, segment by segment. */
const specificity = (path: string): string =>
  path
    .split('/')
    .map((part) => (part.startsWith('*') ? '2' : part.startsWith(':') ? '1' : '0'))
    .join('');

async function answerRequest<Context>(
  route: Route<Context>,
  host: RouteHost<Context>,
  request: Request,
  response: Response,
): Promise<void> {
  const user = await host.authenticator.identify(route.access, request);
  const { input, file } = await readInput(route, request, response);
  const ruleStatus = route.ruleStatus ?? 422;
  const parsed = {
    params: route.params && parseInput(route.params, request.params, 400),
    query: route.query && parseInput(route.query, request.query, 400),
    body: route.body && parseInput(route.body, input, ruleStatus),
  };
  authorize(route.access, user);
  const work = async (): Promise<Answer> =>
    route.handler({ ctx: host.ctx, ...parsed, user, file, url: request.originalUrl, headers: request.headers });
  const answer = await withIdempotency(
    route,
    host,
    request,
    { fields: input, file: file?.bytes.toString('base64') },
    work,
  );
  if (host.validateAnswers) checkAnswer(route, answer);
  await send(request, response, answer);
}

/** Some clients know no 415: their routes answer 400 in its place. */
async function readInput<Context>(
  route: Route<Context>,
  request: Request,
  response: Response,
): Promise<{ input: unknown; file: UploadedFile | undefined }> {
  try {
    return await readBody(route, request, response);
  } catch (error) {
    if (error instanceof UnsupportedMediaType && route.unsupportedStatus === 400)
      throw new BadRequest(error.message, error.code);
    throw error;
  }
}

async function readBody<Context>(
  route: Route<Context>,
  request: Request,
  response: Response,
): Promise<{ input: unknown; file: UploadedFile | undefined }> {
  if (route.form && request.is('multipart/form-data')) {
    const { fields, file } = await readForm(request, response, route.form);
    return { input: fields, file };
  }
  if (route.form?.only) throw new UnsupportedMediaType('This route takes multipart/form-data.');
  if (!route.body) return { input: undefined, file: undefined };
  const input = await readJson(request, response, route.maxBytes);
  return { input: input === undefined && route.isBodyOptional ? {} : input, file: undefined };
}

function withIdempotency<Context>(
  route: Route<Context>,
  host: RouteHost<Context>,
  request: Request,
  body: unknown,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const key = request.get('idempotency-key');
  const context = currentRequest();
  if (
    key === undefined ||
    route.method !== 'POST' ||
    route.idempotent === false ||
    !host.idempotency ||
    !context?.actorId
  )
    return work();
  const once = { userId: context.actorId, route: `${request.method} ${request.path.replace(/\/$/, '')}`, key, body };
  return host.idempotency.once(once, (run) => {
    context.idempotent = run;
    return work();
  });
}

function checkAnswer<Context>(route: Route<Context>, answer: Answer): void {
  const schema = route.answers[answer.status];
  if (schema === undefined)
    throw new Error(`${route.method} ${route.path} answered ${answer.status}, which it does not declare`);
  if (schema !== null && typeof schema !== 'string') schema.parse(answer.body);
}

async function send(request: Request, response: Response, answer: Answer): Promise<void> {
  response.status(answer.status).set(answer.headers ?? {});
  if (answer.stream) return answer.stream(response);
  if (answer.body === undefined) {
    response.end();
    return;
  }
  if (request.method === 'GET' && !response.get('etag')) response.set('etag', entityTag(0, answer.body));
  response.json(answer.body);
}
