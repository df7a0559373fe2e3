import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from './until.ts';

/** A process of the platform, as its supervisor tells of it in `run/parts.json`. */
export type Part = {
  name: string;
  kind: 'service' | 'sidecar' | 'backend';
  service?: string;
  replica?: number;
  /** Null while it does not run. */
  pid: number | null;
  port: number | null;
  restarts: number;
  state: 'starting' | 'ready' | 'ended' | 'stopped';
};

export type Parts = {
  list(): Promise<Part[]>;
  /** @throws where there is none of that name. */
  find(name: string): Promise<Part>;
  /** Waits until a part is ready again in a process other than `pid`. */
  restarted(name: string, pid: number | null): Promise<void>;
};

const RESTARTS_WITHIN_MS = 90_000;

/** The parts of the platform that runs on a data folder. */
export function createParts(dataDir: string): Parts {
  const file = join(dataDir, 'run', 'parts.json');
  const list = async (): Promise<Part[]> => (JSON.parse(await readFile(file, 'utf8')) as { parts: Part[] }).parts;
  const find = async (name: string): Promise<Part> => {
    const part = (await list()).find((each) => each.name === name);
    if (!part) throw new Error(`the platform has no part ${name}`);
    return part;
  };
  return {
    list,
    find,
    async restarted(name, pid) {
      const isBack = async (): Promise<boolean> => {
        const part = await find(name);
        return part.pid !== pid && part.state === 'ready';
      };
      await until(`${name} is ready again`, isBack, RESTARTS_WITHIN_MS);
    },
  };
}
