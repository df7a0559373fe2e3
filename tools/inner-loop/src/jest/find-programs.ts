import { execFile } from 'node:child_process';
import { dirname, delimiter } from 'node:path';
import { promisify } from 'node:util';
import { findHelm3 } from '../programs/find-helm.ts';
import { findSkaffold } from '../programs/find-skaffold.ts';

/** Has the programs before the first test, so that no test waits for one to be built; Helm stands first on the path, as Skaffold wants it. */
export default async function findPrograms(): Promise<void> {
  const helm = await findHelm3();
  const skaffold = await findSkaffold();
  process.env['PATH'] = [dirname(helm), process.env['PATH'] ?? ''].join(delimiter);
  process.env['SKAFFOLD'] = skaffold;
  await promisify(execFile)('npm', ['run', '--silent', 'chart-dependencies']);
  console.log(`Programs:\n  ${skaffold}\n  ${helm}`);
}
