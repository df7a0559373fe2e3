import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a step is. */
export interface Progress {
  start: (label: string, total: number) => void;
  tick: () => void;
  stop: () => void;
}

/** A bar that moves on a terminal; elsewhere (a file, CI) a line now and then. */
export function progressBar(stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar(
    {
      stream,
      format: '{label} {bar} {value} of {total} · {duration_formatted}',
      hideCursor: true,
      noTTYOutput: !stream.isTTY,
      notTTYSchedule: 5000,
      emptyOnZero: true,
    },
    Presets.shades_classic,
  );
  return {
    start: (label, total) => bar.start(total, 0, { label: label.padEnd(10) }),
    tick: () => bar.increment(),
    stop: () => bar.stop(),
  };
}
