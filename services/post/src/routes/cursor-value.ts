import { z } from 'zod';

/** Farthest time that there is, in milliseconds from 1970. */
const LAST_TIME = 8_640_000_000_000_000;

/** By what posts are ordered, as a cursor keeps it: a time in milliseconds, or a count. */
export const cursorValue = z.int().min(-LAST_TIME).max(LAST_TIME);
