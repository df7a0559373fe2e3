import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findHelm } from './find-helm.ts';

const run = promisify(execFile);

/** Runs Helm and gives what it prints. @throws Error with what it says when it fails */
export type Helm = (...args: string[]) => Promise<string>;

/** Helm, found or fetched; it neither reads nor writes the settings of whoever runs it. */
export async function openHelm(settings: string): Promise<Helm> {
  const program = await findHelm();
  const env = { ...process.env, HELM_CONFIG_HOME: settings, HELM_CACHE_HOME: settings, HELM_DATA_HOME: settings };
  return async (...args) => {
    try {
      const { stdout } = await run(program, args, { env, maxBuffer: 64 * 1024 * 1024 });
      return stdout;
    } catch (error) {
      const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
      throw new Error(`helm ${args.slice(0, 2).join(' ')}: ${stderr}${stdout}`.trim(), { cause: error });
    }
  };
}
