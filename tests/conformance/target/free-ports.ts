import { findFreePort } from '@commons/launcher/parts';

/** Ports of loopback that nobody listens on; none comes twice from one process. */
export async function freePorts(count: number): Promise<number[]> {
  const free: number[] = [];
  while (free.length < count) free.push(await findFreePort());
  return free;
}
