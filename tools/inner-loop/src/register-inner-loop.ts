import { isMap, isScalar, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';
import type { Tree } from './inner-loop-problems.ts';
import { imageOf, imageValues, SKAFFOLD } from './skaffold-file.ts';
import { TILT_SERVICES, tiltServices, withTiltServices } from './tilt-services.ts';

const TEMPLATES = ['manifests', 'helm', 'releases', 0, 'setValueTemplates'];

/** skaffold.yaml and the Tiltfile's list with a new service in them, in the order of names. */
export function registerInnerLoop(tree: Tree, name: string): Map<string, string> {
  const document = parseDocument(tree.get(SKAFFOLD) ?? '');
  addArtifact(document, name);
  addValues(document, name);
  const list = tree.get(TILT_SERVICES) ?? '';
  return new Map([
    [SKAFFOLD, document.toString({ lineWidth: 0 })],
    [TILT_SERVICES, withTiltServices(list, [...tiltServices(list), name].sort())],
  ]);
}

/** A copy of another service's, which names the same base images and the same files to sync. */
function addArtifact(document: Document, name: string): void {
  const artifacts = document.getIn(['build', 'artifacts']);
  const sample = isSeq<YAMLMap>(artifacts) ? artifacts.items[0] : undefined;
  if (!isSeq<YAMLMap>(artifacts) || sample === undefined) throw new Error(`${SKAFFOLD} has no artifact to go by.`);
  const artifact = sample.clone() as YAMLMap;
  artifact.set('image', imageOf(name));
  artifact.setIn(['docker', 'buildArgs', 'SERVICE'], name);
  const place = artifacts.items.findIndex((other) => String(other.get('image')) > imageOf(name));
  artifacts.items.splice(place === -1 ? artifacts.items.length : place, 0, artifact);
}

function addValues(document: Document, name: string): void {
  const templates = document.getIn(TEMPLATES);
  if (!isMap(templates)) throw new Error(`${SKAFFOLD} has no setValueTemplates.`);
  const pair = document.createPair(name, imageValues(name));
  const place = templates.items.findIndex(
    ({ key }) => isScalar<string>(key) && key.value !== 'global' && key.value > name,
  );
  templates.items.splice(place === -1 ? templates.items.length : place, 0, pair);
}
