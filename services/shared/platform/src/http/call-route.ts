import { pathOfCall, type CallDefinition } from '@commons/contracts';
import type { z } from 'zod';
import type { User } from '../auth/user.ts';
import { ok } from './answers.ts';
import type { Route } from './route.ts';

export type CallHandlerInput<Context, Call extends CallDefinition> = {
  ctx: Context;
  input: z.output<Call['input']>;
  user: Call['onBehalfOfUser'] extends 'required' ? User : User | undefined;
};

/**
 * Binds `answer` to a service's context: it makes the route that answers a call of the contracts.
 * @example answer(setLike, async ({ ctx, input, user }) => …)
 */
export function answerFor<Context>() {
  return <Call extends CallDefinition>(
    call: Call,
    handler: (input: CallHandlerInput<Context, Call>) => Promise<z.input<Call['output']>>,
  ): Route<Context> => ({
    method: 'POST',
    path: pathOfCall(call),
    summary: call.name,
    access: { callers: call.callers, onBehalfOfUser: call.onBehalfOfUser },
    body: call.input,
    answers: { 200: call.output },
    handler: async ({ ctx, body, user }) =>
      ok(await handler({ ctx, input: body, user } as CallHandlerInput<Context, Call>)),
  });
}
