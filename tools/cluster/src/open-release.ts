import { join } from 'node:path';
import { openTarget } from './cluster/open-target.ts';
import type { Cluster } from './cluster/cluster.ts';
import { readConfig } from './config.ts';
import { layoutOf } from './node/layout.ts';
import { run } from './run.ts';
import { platformChart, RELEASE } from './steps/commons-steps.ts';

/** The platform as it is installed on the cluster that is meant. */
export type Release = {
  name: string;
  namespace: string;
  /** Where the API answers: `COMMONS_URL`, or the address that the release was given. */
  url: string;
  cluster: Cluster;
  /** The chart as it is in the repository, with all that it depends on in it. @returns its folder */
  chart: () => Promise<string>;
  /** Kills a program of our own node, as if it had crashed; undefined for a cluster of the user's. */
  killNodePart: ((program: 'kubelet' | 'kube-apiserver') => Promise<void>) | undefined;
};

/** @throws Error where the platform is not installed. */
export async function openRelease(env: NodeJS.ProcessEnv = process.env): Promise<Release> {
  const config = readConfig(env);
  const { target, cluster } = await openTarget(config);
  const { folder } = layoutOf(config.folder);
  return {
    name: RELEASE,
    namespace: RELEASE,
    url: env['COMMONS_URL'] ?? (await publicUrlOf(cluster)),
    cluster,
    chart: platformChart,
    killNodePart: target.kind === 'own' ? (program) => killProcess(program, folder) : undefined,
  };
}

async function publicUrlOf({ helm }: Cluster): Promise<string> {
  const values = await helm(['get', 'values', RELEASE, '--namespace', RELEASE, '--all', '--output', 'json']).catch(
    (error: unknown) => {
      throw new Error('The platform is not on the cluster: npm run cluster:up brings it there.', { cause: error });
    },
  );
  return (JSON.parse(values) as { global: { publicUrl: string } }).global.publicUrl;
}

/** A program of the node in this folder, and no other of that name: its arguments name the folder. */
async function killProcess(program: string, folder: string): Promise<void> {
  const lines = (await run('ps', ['-eo', 'pid,args'])).split('\n');
  const [line = ''] = lines.filter((each) => each.includes(`/${program} `) && each.includes(join(folder, '/')));
  process.kill(Number.parseInt(line, 10), 'SIGKILL');
}
