import { text } from '@commons/contracts';
import { z } from 'zod';
import { MAX_AMOUNT, MAX_DESCRIPTION, MAX_TITLE, type ProjectFields } from '../domain/project.ts';
import { cleanSkills, MAX_SKILL_LENGTH, MAX_SKILLS } from '../domain/skills.ts';

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Half a character would not survive the database. */
const wellFormed = (value: string): string => value.toWellFormed();

const budget = z.object({
  amount: z.number().min(0).max(MAX_AMOUNT),
  currency: z
    .string()
    .toUpperCase()
    .refine((value) => currencies.has(value), 'must be a currency of ISO 4217')
    .meta({ description: 'ISO 4217', examples: ['EUR'] }),
});

const skills = z
  .array(z.string())
  .refine((given) => cleanSkills(given).length <= MAX_SKILLS, `must be ${MAX_SKILLS} or fewer`)
  .refine(
    (given) => cleanSkills(given).every((skill) => Array.from(skill).length <= MAX_SKILL_LENGTH),
    `must have ${MAX_SKILL_LENGTH} characters or fewer each`,
  )
  .refine(
    (given) => cleanSkills(given).every((skill) => !/[,\p{Cc}]/u.test(skill)),
    'must not hold commas or control characters',
  )
  .transform((given) => cleanSkills(given.map(wellFormed)));

/** What an owner says of a project; what is left out, or null, is nothing. */
export const projectBody = z.object({
  title: text({ min: 1, max: MAX_TITLE, trim: true }).transform(wellFormed),
  description: text({ min: 1, max: MAX_DESCRIPTION })
    .refine((value) => value.trim() !== '', 'must not be blank')
    .transform(wellFormed),
  skills,
  budget: budget.nullish(),
  deadline: z.iso.datetime({ offset: true }).nullish(),
  remote: z.boolean().default(false),
});

export const newProjectBody = projectBody.extend({ status: z.enum(['draft', 'open']).default('open') });

/** The fields that a body gives. */
export const readFields = (body: z.output<typeof projectBody>): ProjectFields => ({
  title: body.title,
  description: body.description,
  skills: body.skills,
  budget: body.budget ?? null,
  deadline: body.deadline == null ? null : new Date(body.deadline),
  isRemote: body.remote,
});
