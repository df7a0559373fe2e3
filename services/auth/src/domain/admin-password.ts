import { newPassword } from './passwords.ts';

const LEAST_DISTINCT = 4;
/** What is tried first by whoever tries. */
const OBVIOUS = [
  'password',
  'password1',
  'passw0rd',
  '12345678',
  '123456789',
  '1234567890',
  'qwertyui',
  'qwertyuiop',
  'adminadmin',
  'administrator',
  'changeme',
  'change-me',
  'changeit',
];

/**
 * What is wrong with the password of the admin whom the configuration names: it opens everything, and is often left as
 * an example had it.
 * @returns the problem in words that follow the variable's name, or undefined.
 */
export function adminPasswordProblem(password: string, username: string): string | undefined {
  const parsed = newPassword.safeParse(password);
  if (!parsed.success) return parsed.error.issues[0]?.message;
  const folded = password.toLowerCase();
  if (folded === username.toLowerCase()) return 'must not be the name of the admin';
  if (new Set(folded).size < LEAST_DISTINCT) return `must have ${LEAST_DISTINCT} different characters or more`;
  if (OBVIOUS.includes(folded)) return 'must not be an obvious one';
  return undefined;
}
