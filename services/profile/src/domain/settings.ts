import type { MessagesFrom, Visibility } from '@commons/contracts';

export const themes = ['light', 'dark', 'system'] as const;

/** How the product is for a user, and what others may see and do. */
export type Settings = {
  /** BCP 47, in its canonical form. */
  locale: string;
  /** A name of the IANA time zone database. */
  timezone: string;
  theme: (typeof themes)[number];
  profileVisibility: Visibility;
  allowMessagesFrom: MessagesFrom;
  showOnline: boolean;
};

/** Those of a user who has said nothing yet. */
export const firstSettings: Settings = {
  locale: 'en',
  timezone: 'UTC',
  theme: 'system',
  profileVisibility: 'public',
  allowMessagesFrom: 'everyone',
  showOnline: true,
};

/** The canonical form of a BCP 47 language tag; undefined where it is none. */
export function canonicalLocale(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** Whether the IANA time zone database has such a name. An offset is no name. */
export function isTimezone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
