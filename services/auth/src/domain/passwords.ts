import { z } from 'zod';

const MIN_BYTES = 8;
/** bcrypt looks at no more than this; what is longer would be cut without a word. */
export const MAX_PASSWORD_BYTES = 72;

/** A password that somebody chooses: 8 to 72 bytes of UTF-8. */
export const newPassword = z
  .string()
  .refine((value) => Buffer.byteLength(value) >= MIN_BYTES, { error: `must have ${MIN_BYTES} bytes or more` })
  .refine((value) => Buffer.byteLength(value) <= MAX_PASSWORD_BYTES, {
    error: `must have ${MAX_PASSWORD_BYTES} bytes or fewer`,
  })
  .meta({ format: 'password', minLength: MIN_BYTES, maxLength: MAX_PASSWORD_BYTES });

/** A password that somebody gives to be compared; its length is no concern. */
export const givenPassword = z
  .string()
  .refine((value) => value !== '', { error: 'must not be empty' })
  .meta({ format: 'password', minLength: 1 });
