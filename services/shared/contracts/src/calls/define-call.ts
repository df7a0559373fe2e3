import type { z } from 'zod';

/** A request that one service makes of another through Dapr invocation; refused from outside. */
export type CallDefinition<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
  OnBehalf extends OnBehalfOfUser = OnBehalfOfUser,
> = {
  /** The app-id that answers. */
  app: string;
  /** The method's name, e.g. `ToggleLike`; its path is `/internal/<Name>`. */
  name: string;
  /** App-ids that may call it. */
  callers: readonly string[];
  /** Whether it acts for the user whose token it carries. */
  onBehalfOfUser: OnBehalf;
  /** How long the caller waits, in milliseconds. */
  timeoutMs: number;
  input: Input;
  output: Output;
};

type OnBehalfOfUser = 'required' | 'optional' | 'no';

type CallOptions<Input extends z.ZodObject, Output extends z.ZodType, OnBehalf extends OnBehalfOfUser> = Pick<
  CallDefinition<Input, Output>,
  'callers' | 'input' | 'output'
> & { onBehalfOfUser?: OnBehalf; timeoutMs?: number };

/** Declares a call: who answers, who may ask, what goes in and what comes out. */
export function defineCall<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const OnBehalf extends OnBehalfOfUser = 'no',
>(
  app: string,
  name: string,
  { onBehalfOfUser = 'no' as OnBehalf, timeoutMs = 2_000, ...rest }: CallOptions<Input, Output, OnBehalf>,
): CallDefinition<Input, Output, OnBehalf> {
  return { app, name, onBehalfOfUser, timeoutMs, ...rest };
}

/** Path of a call on the answering app. */
export const pathOfCall = (call: Pick<CallDefinition, 'name'>): string => `/internal/${call.name}`;
