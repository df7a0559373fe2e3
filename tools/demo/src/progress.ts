import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a step is. */
export interface Progress {
  start: (label: string, total: number) => void;
  tick: () => void;
  stop: () => void;
}

/** A bar that moves on a terminal; elsewhere (a file, CI) a line when a step is done. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bar(stream) : lines(stream);
}

function bar(stream: NodeJS.WriteStream): Progress {
  const single = new SingleBar(
    {
      stream,
      format: '{label} {bar} {value} of {total} · {duration_formatted}, {eta_formatted} to go',
      hideCursor: true,
      emptyOnZero: true,
    },
    Presets.shades_classic,
  );
  return {
    start: (label, total) => single.start(total, 0, { label: label.padEnd(13) }),
    tick: () => single.increment(),
    stop: () => single.stop(),
  };
}

function lines(stream: NodeJS.WritableStream): Progress {
  const step = { label: '', total: 0, done: 0 };
  return {
    start: (label, total) => void Object.assign(step, { label, total, done: 0 }),
    tick: () => void (step.done += 1),
    stop: () => void stream.write(`${step.label}: ${step.done} of ${step.total}\n`),
  };
}
