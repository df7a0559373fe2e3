/** A source of chance that is the same for the same seed. */
export interface Random {
  /** a whole number from 0 to `below` - 1 */
  integer: (below: number) => number;
  /** one of the values, each as likely */
  pick: <T>(values: readonly [T, ...T[]]) => T;
  /** `count` different ones of the values, or all where there are no more */
  some: <T>(values: readonly T[], count: number) => T[];
}

/** Chance by a linear congruential generator (the constants of Numerical Recipes): even enough for a demo, never for secrets. */
export function seededRandom(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const integer = (below: number) => Math.floor(next() * below);
  return {
    integer,
    pick: (values) => values[integer(values.length)] ?? values[0],
    some: (values, count) => {
      const left = [...values];
      return Array.from({ length: Math.min(count, left.length) }).flatMap(() => left.splice(integer(left.length), 1));
    },
  };
}
