import { TooManyRequests } from '@commons/platform';

/** Frames of one client that may wait for those before them. */
const MAX_WAITING = 20;

export type FrameQueue = {
  /** Takes a frame in. @returns why not, where there were too many in this second (`now` in milliseconds) or too many wait. */
  take(frame: string, now: number): TooManyRequests | undefined;
};

/** Has the frames of one client handled one after the other, in their order. `handle` does not throw. */
export function createFrameQueue(perSecond: number, handle: (frame: string) => Promise<void>): FrameQueue {
  let second = 0;
  let count = 0;
  let waiting = 0;
  let work = Promise.resolve();

  return {
    take(frame, now) {
      const current = Math.floor(now / 1000);
      count = current === second ? count + 1 : 1;
      second = current;
      if (count > perSecond) return new TooManyRequests('Too many frames in a second.', 1);
      if (waiting >= MAX_WAITING) return new TooManyRequests('Too many frames wait.', 1);
      waiting += 1;
      work = work.then(() => handle(frame)).finally(() => (waiting -= 1));
      return undefined;
    },
  };
}
