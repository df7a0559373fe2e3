import type { Request } from 'express';
import type { z } from 'zod';
import type { User } from '../auth/user.ts';
import type { Answer } from './answers.ts';
import type { FormOptions, UploadedFile } from './uploads.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may ask. `public`: anyone, a token is not looked at. `anyone`: a token is optional, but a bad one is refused.
 * `user`, `admin`: a token is needed. `admin-or-service`: another service through Dapr needs none. `{ callers }`: another
 * service only, `'*'` for any.
 */
export type Access =
  | 'public'
  | 'anyone'
  | 'user'
  | 'admin'
  | 'admin-or-service'
  | { callers: readonly string[]; onBehalfOfUser: 'required' | 'optional' | 'no' };

type SchemaOrNone = z.ZodObject | undefined;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type UserFor<A extends Access> = A extends 'user' | 'admin' ? User : User | undefined;

export type RouteInput<Context, A extends Access, Params, Query, Body> = {
  ctx: Context;
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
  user: UserFor<A>;
  /** The file of a form, where the route takes one. */
  file: UploadedFile | undefined;
  /** Path and query as asked. */
  url: string;
  headers: Request['headers'];
};

export type RouteOptions<
  Context,
  A extends Access,
  Params extends SchemaOrNone,
  Query extends SchemaOrNone,
  Body extends SchemaOrNone,
> = {
  method: Method;
  /** Express path, e.g. `/api/posts/:id`. */
  path: string;
  /** One sentence for the documentation. */
  summary: string;
  access: A;
  params?: Params;
  query?: Query;
  body?: Body;
  /** `true` where no body at all is taken for an empty object. */
  isBodyOptional?: boolean;
  /** Takes `multipart/form-data` as well as JSON, or instead of it. */
  form?: FormOptions & { only?: boolean };
  /** What a broken rule answers; 422 unless the contract says 400. */
  ruleStatus?: 400 | 422;
  /** What a body of another type answers; 415 unless the contract says 400. */
  unsupportedStatus?: 400 | 415;
  /** `false` where `Idempotency-Key` is ignored. */
  idempotent?: boolean;
  /** Largest JSON body in bytes. */
  maxBytes?: number;
  /** Schema of each success's body by status; null for none, a media type for bytes. */
  answers: Record<number, z.ZodType | string | null>;
  /** Error statuses beyond those that follow from the rest, for the documentation. */
  errors?: readonly number[];
  handler: (input: RouteInput<Context, A, Params, Query, Body>) => Promise<Answer> | Answer;
};

/** A route whose types have done their work. */
export type Route<Context> = Omit<
  RouteOptions<Context, Access, SchemaOrNone, SchemaOrNone, SchemaOrNone>,
  'handler'
> & {
  handler: (input: UntypedInput<Context>) => Promise<Answer> | Answer;
};

type UntypedInput<Context> = Omit<
  RouteInput<Context, 'anyone', undefined, undefined, undefined>,
  'params' | 'query' | 'body'
> & {
  params: unknown;
  query: unknown;
  body: unknown;
};

/**
 * Binds `route` to a service's context. A route's schemas validate it, type its handler and become its OpenAPI.
 * @example
 * export const route = routeFor<PostContext>();
 * export const getPost = route({ method: 'GET', path: '/api/posts/:id', access: 'anyone', … });
 */
export function routeFor<Context>() {
  return <
    const A extends Access,
    Params extends SchemaOrNone = undefined,
    Query extends SchemaOrNone = undefined,
    Body extends SchemaOrNone = undefined,
  >(
    options: RouteOptions<Context, A, Params, Query, Body>,
  ): Route<Context> => options as unknown as Route<Context>;
}
