/** Counts frames by the second. `isOver(now)` counts one and says whether it was one too many; `now` in milliseconds. */
export function createFrameRate(perSecond: number): { isOver(now: number): boolean } {
  let second = 0;
  let count = 0;
  return {
    isOver(now) {
      const current = Math.floor(now / 1000);
      count = current === second ? count + 1 : 1;
      second = current;
      return count > perSecond;
    },
  };
}
