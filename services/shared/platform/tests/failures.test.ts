import { describe, expect, it } from '@jest/globals';
import { toHttpError } from '../src/dapr/failures.ts';
import { SidecarTimeout } from '../src/dapr/with-timeout.ts';

const sdkError = (status: number, body: object): Error =>
  new Error(JSON.stringify({ error: 'x', status, error_msg: JSON.stringify(body) }));

describe('a failed invocation', () => {
  it('passes the refusal of the other service on', () => {
    const error = toHttpError(sdkError(404, { detail: 'No such post.', code: 'post_not_found' }));

    expect(error).toMatchObject({ status: 404, code: 'post_not_found', message: 'No such post.' });
  });

  it.each([
    [
      'an app that is not there',
      sdkError(500, {
        errorCode: 'ERR_DIRECT_INVOKE',
        message: "failed to invoke, id: x, err: couldn't find service: x",
      }),
      503,
    ],
    ['an open circuit', sdkError(500, { errorCode: 'ERR_DIRECT_INVOKE', message: 'circuit breaker is open' }), 503],
    [
      "the sidecar's own time limit",
      sdkError(500, { errorCode: 'ERR_DIRECT_INVOKE', message: 'context deadline exceeded' }),
      504,
    ],
    ['our time limit', new SidecarTimeout(5), 504],
    ['a sidecar that is away', new Error('connect ECONNREFUSED'), 503],
    ['a 500 of the other service', sdkError(500, { code: 'internal_error', detail: 'x' }), 502],
    ['a 503 of the other service', sdkError(503, { code: 'service_unavailable', detail: 'x' }), 503],
    ['a refusal that is no problem+json', sdkError(404, { hello: 'world' }), 502],
  ])('tells %s by its status', (_name, cause, status) => {
    expect(toHttpError(cause).status).toBe(status);
  });
});
