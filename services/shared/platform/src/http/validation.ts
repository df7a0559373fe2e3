import type { z } from 'zod';
import { BadRequest, Unprocessable, type FieldError } from './errors.ts';

/**
 * Parses what came in.
 * @param ruleStatus what a well-formed value that breaks a rule answers: 422, or 400 where the contract says so.
 * @throws BadRequest (`invalid_request`) where something is missing or of a wrong type; Unprocessable (`rule_broken`)
 *   where only rules are broken. Each names every field.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  ruleStatus: 400 | 422,
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues = result.error.issues;
  const errors = issues.map(toFieldError);
  const detail = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  if (ruleStatus === 400 || issues.some((issue) => isShapeIssue(issue, input)))
    throw new BadRequest(detail, 'invalid_request', errors);
  throw new Unprocessable(detail, 'rule_broken', errors);
}

function toFieldError(issue: z.core.$ZodIssue): FieldError {
  return { path: issue.path.join('.'), message: issue.message };
}

/** Whether the value is missing or of a wrong type, rather than of the right type and against a rule. */
function isShapeIssue(issue: z.core.$ZodIssue, input: unknown): boolean {
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union' || issue.code === 'invalid_key') return true;
  if (issue.code === 'custom') return issue.params?.['isShape'] === true;
  if (issue.code !== 'invalid_value') return false;
  const value = issue.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    input,
  );
  return value === null || value === undefined || typeof value !== typeof issue.values[0];
}
