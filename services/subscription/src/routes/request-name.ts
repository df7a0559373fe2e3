import { id } from '@commons/contracts';
import { z } from 'zod';
import type { RequestAnswer } from '../use-cases/answer-request.ts';

/** Names a request that came in: itself, or who asked. */
export const requestName = z
  .object({ request_id: id.optional(), user_id: id.optional() })
  .superRefine(({ request_id, user_id }, context) => {
    if (request_id === undefined && user_id === undefined)
      context.addIssue({ code: 'custom', path: ['request_id'], message: 'is missing', params: { isShape: true } });
    if (request_id !== undefined && user_id !== undefined)
      context.addIssue({ code: 'custom', path: ['user_id'], message: 'has no meaning beside request_id' });
  });

export const toRequest = ({ request_id, user_id }: z.output<typeof requestName>): RequestAnswer['request'] =>
  request_id === undefined ? { followerId: user_id ?? '' } : { id: request_id };
