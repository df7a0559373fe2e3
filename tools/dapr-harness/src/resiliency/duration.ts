const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const PART = /([\d.]+)(ns|us|µs|ms|s|m|h)/gy;

/** Milliseconds of a Go duration (`1m30s`) or of a bare number of milliseconds. Throws on anything else. */
export function parseDurationMs(text: string | number): number {
  const trimmed = String(text).trim();
  if (/^-?\d+$/.test(trimmed)) return Number(trimmed);
  const parts = [...trimmed.matchAll(new RegExp(PART, 'g'))];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== trimmed) {
    throw new Error(`invalid duration ${text}`);
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit as string] ?? 0), 0);
}
