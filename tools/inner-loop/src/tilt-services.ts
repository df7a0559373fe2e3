export const TILT_SERVICES = 'tilt/services.star';

const LIST = /^SERVICES = \[([^\]]*)\]$/m;

/** The services that the Tiltfile lists. */
export function tiltServices(text: string): string[] {
  const [, list = ''] = LIST.exec(text) ?? [];
  return [...list.matchAll(/'([^']+)'/g)].flatMap(([, name]) => name ?? []);
}

/** The text with another list of services in it, a line each. @throws Error where there is no list */
export function withTiltServices(text: string, services: readonly string[]): string {
  if (!LIST.test(text)) throw new Error(`${TILT_SERVICES} has no list SERVICES = [ … ].`);
  const lines = services.map((name) => `    '${name}',\n`);
  return text.replace(LIST, () => `SERVICES = [\n${lines.join('')}]`);
}
