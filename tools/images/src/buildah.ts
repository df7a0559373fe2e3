import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs buildah and gives what it prints. @throws Error with what it complained of */
export async function buildah(...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('buildah', args, { maxBuffer: 64 * 1024 * 1024 });
    return stdout.trim();
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(`buildah ${args[0] ?? ''} failed: ${stderr.trim() || String(error)}`, { cause: error });
  }
}

/** Runs buildah and shows what it says. @throws Error when it fails */
export async function showBuildah(args: readonly string[]): Promise<void> {
  const child = spawn('buildah', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => reject(new Error('buildah cannot be run: is it installed?', { cause: error })));
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`buildah ${args[0] ?? ''} ended with ${code ?? 'a signal'}`);
}
