/** Where a fault can strike. */
export type FaultPlace = 'invocation' | 'publish' | 'delivery' | 'state' | 'binding' | 'secret';

/** What is about to happen, for faults to be matched with. `app` is who receives it (the callee, the subscriber). */
export type FaultSubject = {
  on: FaultPlace;
  app?: string | undefined;
  caller?: string | undefined;
  pubsub?: string | undefined;
  topic?: string | undefined;
  path?: string | undefined;
  method?: string | undefined;
  type?: string | undefined;
};

/** Narrows a fault: a text is compared, a pattern tested; what is not named matches everything. */
export type FaultFilter = { on: FaultPlace } & {
  [key in Exclude<keyof FaultSubject, 'on'>]?: string | RegExp;
} & {
  /** How often the fault strikes; without it, until it is undone. */
  times?: number;
};

/** What the faults together do to a subject. */
export type FaultEffect = {
  delayMs: number;
  copies: number;
  failure: FaultFailure | undefined;
  /** How many messages are held back to be let out in reverse order. */
  reorder: number;
};

/** How a thing fails: with this status, or (none) as if the network had broken. */
export type FaultFailure = { status: number | undefined; message: string };

export type FaultBoard = {
  /** Undefined, quickly, when no fault strikes. */
  strike(subject: FaultSubject): FaultEffect | undefined;
  add(filter: FaultFilter, effect: Partial<FaultEffect>): () => void;
  clear(): void;
};

type Fault = { filter: FaultFilter; effect: Partial<FaultEffect>; left: number };

export function createFaultBoard(): FaultBoard {
  const faults = new Set<Fault>();
  return {
    strike: (subject) => (faults.size === 0 ? undefined : combine(faults, subject)),
    add: (filter, effect) => {
      const fault = { filter, effect, left: filter.times ?? Infinity };
      faults.add(fault);
      return () => void faults.delete(fault);
    },
    clear: () => faults.clear(),
  };
}

function combine(faults: Set<Fault>, subject: FaultSubject): FaultEffect | undefined {
  let total: FaultEffect | undefined;
  for (const fault of faults) {
    if (!matches(fault.filter, subject)) continue;
    if (--fault.left <= 0) faults.delete(fault);
    total ??= { delayMs: 0, copies: 1, failure: undefined, reorder: 0 };
    total.delayMs += fault.effect.delayMs ?? 0;
    total.copies = Math.max(total.copies, fault.effect.copies ?? 1);
    total.failure ??= fault.effect.failure;
    total.reorder = Math.max(total.reorder, fault.effect.reorder ?? 0);
  }
  return total;
}

const FIELDS = ['app', 'caller', 'pubsub', 'topic', 'path', 'method', 'type'] as const;

function matches(filter: FaultFilter, subject: FaultSubject): boolean {
  if (filter.on !== subject.on) return false;
  return FIELDS.every((field) => {
    const wanted = filter[field];
    if (wanted === undefined) return true;
    const actual = subject[field] ?? '';
    return typeof wanted === 'string' ? wanted === actual : wanted.test(actual);
  });
}
