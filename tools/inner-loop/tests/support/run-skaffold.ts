import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSkaffoldFile, type SkaffoldFile } from '../../src/skaffold-file.ts';
import { objectsOf, type KubernetesObject } from './release.ts';
import { root } from './repository.ts';
import { runProgram } from './run-program.ts';

/** The configuration that Skaffold makes of skaffold.yaml and a profile. @throws Error where it refuses */
export async function effectiveConfiguration(profile: string): Promise<SkaffoldFile> {
  return readSkaffoldFile(await skaffold('diagnose', '--yaml-only', '--profile', profile));
}

/** What `skaffold diagnose` says of the artifacts of a profile. @throws Error where it finds something wrong */
export const diagnose = (profile: string): Promise<string> => skaffold('diagnose', '--profile', profile);

/** The objects of the release that `skaffold render` makes of these images, by the names that they are built under. */
export async function render(profile: string, tags: Readonly<Record<string, string>>): Promise<KubernetesObject[]> {
  const folder = await mkdtemp(join(tmpdir(), 'commons-render-'));
  try {
    const builds = Object.entries(tags).map(([imageName, tag]) => ({ imageName, tag }));
    await writeFile(join(folder, 'builds.json'), JSON.stringify({ builds }));
    await skaffold(
      ...['render', '--profile', profile, '--offline', '--digest-source', 'none'],
      ...['--build-artifacts', join(folder, 'builds.json'), '--output', join(folder, 'release.yaml')],
    );
    return objectsOf(await readFile(join(folder, 'release.yaml'), 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Without the settings of whoever runs it, a cluster, or a registry to ask what base images hold. */
async function skaffold(...args: readonly string[]): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'commons-skaffold-'));
  try {
    const env = {
      ...process.env,
      ...{ HOME: home, KUBECONFIG: join(home, 'none'), BASE_IMAGE: 'scratch', BUILD_IMAGE: 'scratch' },
      ...{ SKAFFOLD_INTERACTIVE: 'false', SKAFFOLD_UPDATE_CHECK: 'false' },
    };
    const { code, stdout, stderr } = await runProgram(process.env['SKAFFOLD'] ?? 'skaffold', args, { cwd: root, env });
    if (code !== 0) throw new Error(`skaffold ${args.join(' ')}: ${stderr}${stdout}`);
    return stdout;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
