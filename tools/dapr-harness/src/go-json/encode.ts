/** How a Go library writes JSON; the text is what a client later reads back. */
export type GoJsonStyle = { sortKeys: boolean; escapeHtml: boolean; sixDecimals: boolean };

/** encoding/json. */
export const ENCODING_JSON: GoJsonStyle = { sortKeys: true, escapeHtml: true, sixDecimals: false };

/** json-iterator's fastest setting, which Dapr's Redis store writes with: it keeps six decimals of a number and no more. */
export const JSON_ITERATOR: GoJsonStyle = { sortKeys: false, escapeHtml: false, sixDecimals: true };

/** A JSON value as text, as Go writes it: no white space. */
export function encodeGoJson(value: unknown, style: GoJsonStyle): string {
  if (Array.isArray(value)) return `[${value.map((item) => encodeGoJson(item, style)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    if (style.sortKeys) keys.sort();
    const members = value as Record<string, unknown>;
    return `{${keys.map((key) => `${encodeString(key, style)}:${encodeGoJson(members[key], style)}`).join(',')}}`;
  }
  if (typeof value === 'string') return encodeString(value, style);
  if (typeof value === 'number' && style.sixDecimals) return withSixDecimals(value);
  return JSON.stringify(value ?? null);
}

/** JSON text with `<`, `>`, `&` and the two line separators escaped, as encoding/json passes on what others wrote. */
export function escapeHtml(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What json-iterator writes out in full. */
const SHORT_ESCAPES: Record<string, string> = { '\\b': '\\u0008', '\\f': '\\u000c' };

function encodeString(text: string, style: GoJsonStyle): string {
  const json = JSON.stringify(text);
  if (style.escapeHtml) return escapeHtml(json);
  return json.replace(/\\./g, (escape) => SHORT_ESCAPES[escape] ?? escape);
}

function withSixDecimals(value: number): string {
  if (Math.abs(value) > 0x4ffffff) return JSON.stringify(value);
  const sign = value < 0 ? '-' : '';
  const millionths = Math.floor(Math.abs(value) * 1_000_000 + 0.5);
  const whole = Math.floor(millionths / 1_000_000);
  const rest = millionths % 1_000_000;
  if (rest === 0) return `${sign}${whole}`;
  return `${sign}${whole}.${String(rest).padStart(6, '0').replace(/0+$/, '')}`;
}
