const MAX_WAIT_MS = 200;

/**
 * Holds callers back until so many are waiting (or a moment has passed), then lets them go, the last one first. For tests that
 * want events out of order.
 */
export function createHoldBack(): (count: number) => Promise<void> {
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const release = (): void => {
    clearTimeout(timer);
    const released = waiting.reverse();
    waiting = [];
    letGo(released);
  };
  return (count) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length >= count) release();
      else if (waiting.length === 1) timer = setTimeout(release, MAX_WAIT_MS);
    });
}

/** One after the other, with time between them to leave the process in that order. */
function letGo([first, ...rest]: (() => void)[]): void {
  first?.();
  if (rest.length > 0) setTimeout(() => letGo(rest), 5);
}
