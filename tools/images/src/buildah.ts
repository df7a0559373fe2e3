import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs buildah at low priority and gives what it prints. @throws Error with what it complained of */
export async function buildah(...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('nice', ['-n', '19', 'buildah', ...args], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.trim();
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(`buildah ${args[0] ?? ''} failed: ${stderr.trim() || String(error)}`, { cause: error });
  }
}

/** Runs buildah in `folder` at low priority and shows what it says. @throws Error when it fails */
export async function showBuildah(folder: string, args: readonly string[]): Promise<void> {
  const child = spawn('nice', ['-n', '19', 'buildah', ...args], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code === 0) return;
  throw new Error(
    code === 127 ? 'buildah is not installed' : `buildah ${args[0] ?? ''} ended with ${code ?? 'a signal'}`,
  );
}
