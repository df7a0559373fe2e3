import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, isProgram } from '../find-helm.ts';

const run = promisify(execFile);
const VERSION = '0.8.0';

/** The path of kubeconform: `$KUBECONFORM`, what was built before, and else builds it with Go. */
export async function findKubeconform(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = env['KUBECONFORM'];
  if (named) return named;
  const target = join(cacheFolder(env), `kubeconform-${VERSION}`, 'kubeconform');
  if (!(await isProgram(target))) {
    await mkdir(dirname(target), { recursive: true });
    console.error(`building kubeconform ${VERSION}: a minute, once`);
    const source = `github.com/yannh/kubeconform/cmd/kubeconform@v${VERSION}`;
    await run('go', ['install', source], { env: { ...env, GOBIN: dirname(target), CGO_ENABLED: '0' } });
  }
  return target;
}
