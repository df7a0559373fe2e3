/** Why something failed, in a word or a few: a code like ECONNREFUSED where there is one (fetch hides it in the cause). */
export function reasonOf(error: unknown): string {
  const { cause, code, message } = (error ?? {}) as { cause?: unknown; code?: unknown; message?: unknown };
  if (cause !== undefined) return reasonOf(cause);
  if (typeof code === 'string' && code.startsWith('E') && !code.startsWith('ERR_')) return code;
  return typeof message === 'string' ? message : String(error);
}
