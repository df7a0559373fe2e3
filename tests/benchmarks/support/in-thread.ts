import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Runs a program in a thread and gives what it first tells. */
export async function inThread<Told>(file: string, workerData?: unknown): Promise<{ told: Told; worker: Worker }> {
  const worker = new Worker(new URL(`../${file}`, import.meta.url), { workerData });
  const [told] = (await once(worker, 'message')) as [Told];
  return { told, worker };
}
