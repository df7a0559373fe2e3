import type { OpenApiDocument } from '@commons/platform';

const answer = (description: string, type: string) => ({ description, content: { [type]: {} } });
const problem = { $ref: '#/components/responses/Problem' };

const get = (name: string, summary: string, responses: Record<string, unknown>, extra: object = {}) => ({
  get: { tags: ['gateway'], operationId: `gateway-${name}`, summary, ...extra, responses },
});

const ticket = {
  name: 'ticket',
  in: 'query',
  required: false,
  description: 'From POST /api/realtime/ticket, instead of the token',
  schema: { type: 'string' },
};
const protocol = {
  name: 'Sec-WebSocket-Protocol',
  in: 'header',
  required: false,
  description: '`bearer, <access token>`',
  schema: { type: 'string' },
};

/** The routes that the gateway answers itself, as OpenAPI says it. */
export const OWN_PATHS: OpenApiDocument['paths'] = {
  '/healthz': get('healthz', 'Whether the gateway is alive', { 200: answer('It is', 'application/json') }),
  '/readyz': get('readyz', 'Whether every part works, by name', {
    200: answer('All of them', 'application/json'),
    503: answer('Not all', 'application/json'),
  }),
  '/metrics': get('metrics', "The gateway's own figures, for Prometheus", { 200: answer('Figures', 'text/plain') }),
  '/openapi.json': get('openapi', 'This description', { 200: answer('OpenAPI 3.1', 'application/json'), 429: problem }),
  '/asyncapi.json': get('asyncapi', 'The events and the frames of the WebSocket', {
    200: answer('AsyncAPI 3.0', 'application/json'),
    429: problem,
  }),
  '/docs': get('docs', 'This description to read and to try', { 200: answer('A page', 'text/html'), 429: problem }),
  '/ws': get(
    'ws',
    'Opens the WebSocket, with a token or a ticket',
    { 101: { description: 'It is open' }, 401: problem, 426: problem, 429: problem, 503: problem },
    { parameters: [protocol, ticket] },
  ),
};
