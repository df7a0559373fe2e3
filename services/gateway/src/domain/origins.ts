/** Whether a text is `*`, `none`, or web origins parted by commas. */
export function isOriginList(text: string): boolean {
  return text === '*' || text === 'none' || split(text).every(isOrigin);
}

/** The origins that may use the API from a browser: all (`*`), or those in the list. */
export function originsOf(text: string): '*' | string[] {
  if (text === '*') return '*';
  return text === 'none' ? [] : split(text);
}

const split = (text: string): string[] => text.split(',').map((origin) => origin.trim());

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
