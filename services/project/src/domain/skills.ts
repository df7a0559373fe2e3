export const MAX_SKILLS = 20;
export const MAX_SKILL_LENGTH = 50;

/** What makes two writings of a skill the same: case, compatibility forms and the amount of white space do not count. */
export const skillKey = (skill: string): string => skill.trim().normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');

/** Skills as they are kept: in the writing given, each once, without empty ones. */
export function cleanSkills(given: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const skill of given) {
    const key = skillKey(skill);
    if (key !== '' && !byKey.has(key)) byKey.set(key, skill.trim());
  }
  return [...byKey.values()];
}

/** The keys of the skills in a text with commas between. */
export const skillKeysIn = (text: string): string[] => cleanSkills(text.split(',')).map(skillKey);
