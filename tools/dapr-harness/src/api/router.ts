import type { ApiRoute } from './http.ts';

type Segment = { kind: 'static' | 'parameter' | 'rest'; name: string };
type CompiledRoute = { route: ApiRoute; segments: readonly Segment[] };

/** A route and its parameters, percent-decoded. */
export type RouteMatch = { route: ApiRoute; params: Record<string, string> };

/** Finds the route of a method and a cleaned, still encoded path. A written segment wins over a parameter, that over the rest. */
export type Router = (method: string, path: string) => RouteMatch | undefined;

/** Thrown for a parameter whose percent-encoding is broken: the client gets a 400. */
export class BadParameter extends Error {}

export function createRouter(routes: readonly ApiRoute[]): Router {
  const compiled = routes.map((route) => ({ route, segments: compile(route.pattern) })).sort(bySpecificity);
  const groups = Map.groupBy(compiled, ({ segments }) => groupOf(segments.map(({ name }) => name)));
  return (method, path) => {
    const parts = path.slice(1).split('/');
    for (const candidate of groups.get(groupOf(parts)) ?? []) {
      if (!candidate.route.methods.includes(method)) continue;
      const params = match(candidate.segments, parts);
      if (params) return { route: candidate.route, params };
    }
    return undefined;
  };
}

/** The first two segments, e.g. `v1.0/state`: written out in every pattern. */
function groupOf(parts: readonly string[]): string {
  return `${parts[0]}/${parts[1]}`;
}

function compile(pattern: string): Segment[] {
  return pattern
    .slice(1)
    .split('/')
    .map((part) => {
      if (part.startsWith(':')) return { kind: 'parameter', name: part.slice(1) };
      if (part.startsWith('*')) return { kind: 'rest', name: part.slice(1) };
      return { kind: 'static', name: part };
    });
}

const RANK = { static: 0, parameter: 1, rest: 2 };

function bySpecificity(one: CompiledRoute, other: CompiledRoute): number {
  const length = Math.max(one.segments.length, other.segments.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [one.segments[index], other.segments[index]];
    const difference = (left ? RANK[left.kind] : 3) - (right ? RANK[right.kind] : 3);
    if (difference !== 0) return difference;
  }
  return 0;
}

function match(segments: readonly Segment[], parts: readonly string[]): Record<string, string> | undefined {
  const hasRest = segments.at(-1)?.kind === 'rest';
  if (hasRest ? parts.length < segments.length : parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? '';
    if (segment.kind === 'static') {
      if (part !== segment.name) return undefined;
    } else {
      const text = segment.kind === 'rest' ? parts.slice(index).join('/') : part;
      params[segment.name] = decode(segment.name, text);
    }
  }
  return params;
}

/** As a form value is decoded: a plus is a space. */
function decode(name: string, text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new BadParameter(`failed to unescape request parameter "${name}". Error: invalid URL escape`);
  }
}
