import type { Clock } from '../service/clock.ts';

export type FakeClock = Clock & { advance(ms: number): void; set(time: Date | string): void };

/** A clock that stands still until it is told to move. Tokens that tests make are issued by it too. */
export function fakeClock(start: Date | string = new Date()): FakeClock {
  let time = new Date(start).getTime();
  return {
    now: () => new Date(time),
    advance: (ms) => void (time += ms),
    set: (to) => void (time = new Date(to).getTime()),
  };
}
