import { z } from 'zod';

/** A TCP port as a variable; 0 lets the system choose. */
export const portVariable = () => z.coerce.number().int().min(0).max(65_535);

/** A whole number as a variable. */
export const integerVariable = (min = 0) => z.coerce.number().int().min(min);

/** `true` or `false` as a variable. */
export const flagVariable = () => z.enum(['true', 'false']).transform((value) => value === 'true');
