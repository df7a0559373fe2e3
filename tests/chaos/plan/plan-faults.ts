import type { Random } from './random.ts';

export const faultKinds = ['kill', 'pause', 'flood', 'skew'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One thing that is done to one part. */
export type Fault = {
  kind: FaultKind;
  /** The part's name in `parts.json`. */
  part: string;
  /** How long it lasts, where it is no kill; in milliseconds. */
  holdMs: number;
  /** How long the platform is left alone before, in milliseconds. */
  restMs: number;
};

export type PlannedPart = { name: string; kind: 'service' | 'sidecar' | 'backend'; service?: string | undefined };

export type PlanOptions = {
  random: Random;
  parts: readonly PlannedPart[];
  /** Services that have queues of events. */
  consumers: readonly string[];
  /** Just these instead, e.g. `post` (is killed) or `pause:mongod`; none where it is empty. */
  only?: readonly string[] | undefined;
};

/** Those that everything else stands on: a pause of each is always part of the plan. */
const PAUSED_BACKENDS = ['mongod', 'rabbitmq'];
const REST_MS = { from: 300, to: 1_500 };
const HOLD_MS = { from: 4_000, to: 8_000 };

/** What one run does to the platform, in the order in which it does it. @throws where `only` names what is not there. */
export function planFaults({ random, parts, consumers, only }: PlanOptions): Fault[] {
  const wanted = only ? only.map((text) => readFault(text, parts)) : everyFault({ random, parts, consumers });
  return random.shuffle(wanted).map(({ kind, part }) => ({
    kind,
    part,
    holdMs: kind === 'kill' ? 0 : random.whole(HOLD_MS.from, HOLD_MS.to),
    restMs: random.whole(REST_MS.from, REST_MS.to),
  }));
}

/** How a fault is called in reports, e.g. `kill post`. */
export const nameOfFault = ({ kind, part }: Pick<Fault, 'kind' | 'part'>): string => `${kind} ${part}`;

type Choice = Pick<Fault, 'kind' | 'part'>;

function everyFault({ random, parts, consumers }: Omit<PlanOptions, 'only'>): Choice[] {
  const of = (kind: PlannedPart['kind']): string[] =>
    parts.filter((part) => part.kind === kind).map(({ name }) => name);
  const some = (items: readonly string[], count: number): string[] => random.shuffle(items).slice(0, count);
  const all = (kind: FaultKind, names: readonly string[]): Choice[] => names.map((part) => ({ kind, part }));
  const [flooded, skewed] = random.shuffle(
    parts.filter(({ kind, service = '' }) => kind === 'service' && consumers.includes(service)),
  );
  return [
    ...all('kill', [...of('service'), ...of('backend'), ...some(of('sidecar'), random.whole(2, 3))]),
    ...all('pause', [
      ...some(of('service'), 1),
      ...some(of('sidecar'), 1),
      ...of('backend').filter((name) => PAUSED_BACKENDS.includes(name)),
    ]),
    ...(flooded ? all('flood', [flooded.name]) : []),
    ...(skewed ? all('skew', [skewed.name]) : []),
  ];
}

function readFault(text: string, parts: readonly PlannedPart[]): Choice {
  const [before = '', after] = text.split(':');
  const kind = after === undefined ? 'kill' : faultKinds.find((known) => known === before);
  const part = after ?? before;
  if (!kind) throw new Error(`${text}: a fault is one of ${faultKinds.join(', ')}`);
  if (!parts.some(({ name }) => name === part))
    throw new Error(`${text}: the parts are ${parts.map(({ name }) => name).join(', ')}`);
  return { kind, part };
}
