import { fill } from './fill.ts';
import type { Words } from './fill.ts';

/** The text of files by their path from the repository's root. */
export type Files = ReadonlyMap<string, string>;

const TEMPLATES = 'tools/manifests/templates/';

/** Where each template's file goes. */
const TARGETS: Readonly<Record<string, string>> = {
  'compose.yaml': 'compose.yaml',
  'dapr.yaml': 'dapr.yaml',
  'prometheus.yaml': 'observability/prometheus.yaml',
};

const FIRST_APP_PORT = 4001;
/** Services that keep images in the blob storage. */
const IMAGE_OWNERS = ['post', 'profile'];
const EDGE = 'gateway';
const EDGE_PORT = 8000;

/** The files that list every service, made from their templates in `files` for the services of these names. */
export function makeManifests(files: Files, names: readonly string[]): Map<string, string> {
  const words = wordsFor(names);
  return new Map(
    Object.entries(TARGETS).map(([template, target]) => {
      const text = files.get(`${TEMPLATES}${template}.tmpl`);
      if (text === undefined) throw new Error(`${TEMPLATES}${template}.tmpl is missing.`);
      return [target, fill(text, words)];
    }),
  );
}

function wordsFor(names: readonly string[]): Words {
  const services = [...names].sort().map((name, index) => ({
    name,
    port: String(name === EDGE ? EDGE_PORT : FIRST_APP_PORT + index),
    daprHttpPort: String(3501 + index),
    daprGrpcPort: String(50101 + index),
    daprMetricsPort: String(9101 + index),
    isAuth: name === 'auth',
    isNotAuth: name !== 'auth',
    isImageOwner: IMAGE_OWNERS.includes(name),
  }));
  return {
    services,
    inner: services.filter(({ name }) => name !== EDGE),
    realtimePort: services.find(({ name }) => name === 'realtime')?.port ?? '',
  };
}
