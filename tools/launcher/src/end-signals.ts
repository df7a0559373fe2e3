const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const sameKeyPressMs = 500;
const parentPollMs = 500;

/**
 * Calls back when this process is to end: at the first signal, and again at one that comes later. npm passes Ctrl-C on to a
 * process that has it from the terminal already, so what follows at once is the same one.
 * @returns the function that stops listening
 */
export function onEndSignal(listener: () => void): () => void {
  let last = -Infinity;
  const listen = (): void => {
    const now = performance.now();
    if (now - last > sameKeyPressMs) listener();
    last = now;
  };
  for (const signal of signals) process.on(signal, listen);
  return () => {
    for (const signal of signals) process.off(signal, listen);
  };
}

/** Calls back when the npm that started this process is gone: told to end, npm ends its shell, which tells nobody. */
export function onOrphaned(env: NodeJS.ProcessEnv, listener: () => void): void {
  if (env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    listener();
  }, parentPollMs).unref();
}
