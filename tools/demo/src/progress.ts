import { Presets, SingleBar } from 'cli-progress';

/** Of a step of so many things it is said now and then how far it is. */
const LONG = 500;

/** Shows how far a step is. */
export interface Progress {
  start: (label: string, total: number) => void;
  tick: () => void;
  stop: () => void;
}

/** A bar that moves on a terminal; elsewhere (a file, CI) a line when a step is done, and of a long one at each tenth. */
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
  const say = () => void stream.write(`${step.label}: ${step.done} of ${step.total}\n`);
  return {
    start: (label, total) => void Object.assign(step, { label, total, done: 0 }),
    tick: () => {
      step.done += 1;
      if (step.total >= LONG && step.done < step.total && step.done % Math.ceil(step.total / 10) === 0) say();
    },
    stop: say,
  };
}
