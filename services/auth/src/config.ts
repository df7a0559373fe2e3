import { integerVariable } from '@commons/platform';
import { z } from 'zod';
import { adminPasswordProblem } from './domain/admin-password.ts';
import { email, username } from './domain/names.ts';

/** What auth reads from its environment. */
export const config = z
  .object({
    BCRYPT_COST: integerVariable(4)
      .max(15)
      .default(10)
      .describe('Cost of password hashes: each step doubles the time of a login'),
    PASSWORD_WORKERS: integerVariable(1).max(64).default(2).describe('Threads that hash passwords'),
    ACCESS_TOKEN_SECONDS: integerVariable(1)
      .max(3_000)
      .default(900)
      .describe('How long an access token lives, in seconds'),
    REFRESH_TOKEN_DAYS: integerVariable(1)
      .max(366)
      .default(30)
      .describe('How long a refresh token lives, and a session that is not used, in days'),
    KEY_ROTATION_DAYS: integerVariable(1).max(3_660).default(30).describe('How long one key signs tokens, in days'),
    KEY_PUBLISH_AHEAD_SECONDS: integerVariable(1)
      .max(86_400)
      .default(600)
      .describe('How long a new key is published before it signs, in seconds'),
    LOGIN_FAILURES: integerVariable(1)
      .max(1_000)
      .default(10)
      .describe('Failed logins of one name before it has to wait'),
    LOGIN_WINDOW_SECONDS: integerVariable(1)
      .max(86_400)
      .default(900)
      .describe('How long a failed login counts, in seconds'),
    SESSION_CACHE_SECONDS: integerVariable(1)
      .max(3_000)
      .default(300)
      .describe('How long a session is kept in Dapr state, in seconds'),
    ADMIN_USERNAME: username.optional().describe('Name of an admin who is made, or made an admin, at the start'),
    ADMIN_PASSWORD: z.string().optional().describe("That admin's password: 8 to 72 bytes, and no obvious one"),
    ADMIN_EMAIL: email.optional().describe("That admin's e-mail where the account is new; unset, <name>@commons.local"),
  })
  .superRefine(({ ADMIN_USERNAME, ADMIN_PASSWORD }, issues) => {
    const refuse = (variable: string, message: string): void =>
      issues.addIssue({ code: 'custom', path: [variable], message });
    if (ADMIN_USERNAME === undefined && ADMIN_PASSWORD === undefined) return;
    if (ADMIN_USERNAME === undefined) refuse('ADMIN_USERNAME', 'must be set where ADMIN_PASSWORD is');
    else if (ADMIN_PASSWORD === undefined) refuse('ADMIN_PASSWORD', 'must be set where ADMIN_USERNAME is');
    else {
      const problem = adminPasswordProblem(ADMIN_PASSWORD, ADMIN_USERNAME);
      if (problem) refuse('ADMIN_PASSWORD', problem);
    }
  });

export type AuthConfig = z.output<typeof config>;
