import { isDeepStrictEqual } from 'node:util';
import { isScalar, parse, parseDocument, visit } from 'yaml';
import type { Tree } from '../read-tree.ts';
import { serviceNames } from '../service-shape.ts';
import { accessListOf } from './access-lists.ts';

/** The Dapr Configuration of a service's sidecar, by its path from the repository's root. */
export const configurationPath = (service: string): string => `components/configuration/${service}.yaml`;

/** The access list that stands in a Configuration's text. */
export function accessListIn(text: string): unknown {
  return (parse(text) as { spec?: { accessControl?: unknown } } | null)?.spec?.accessControl;
}

/** The Configurations of all services, as they are or new, with the access lists that the code asks for. */
export function configurationFiles(tree: Tree): Map<string, string> {
  return new Map(
    serviceNames(tree).map((service) => {
      const path = configurationPath(service);
      return [path, withAccessList(tree.get(path) ?? newConfiguration(service), tree, service)];
    }),
  );
}

function withAccessList(text: string, tree: Tree, service: string): string {
  if (isDeepStrictEqual(accessListIn(text), accessListOf(tree, service))) return text;
  const document = parseDocument(text);
  const list = document.createNode(accessListOf(tree, service));
  visit(list, {
    Seq: (_, words) => {
      words.flow = words.items.every((word) => isScalar(word));
    },
  });
  document.setIn(['spec', 'accessControl'], list);
  return document.toString({ singleQuote: true, lineWidth: 0, flowCollectionPadding: false });
}

function newConfiguration(service: string): string {
  return `# The sidecar of \`${service}\`. Who may call it for what is what the code of the services calls: npm run check compares them.
# Where traces go, OTEL_EXPORTER_OTLP_ENDPOINT and its like say in the sidecar's environment; without them, nowhere.
apiVersion: dapr.io/v1alpha1
kind: Configuration
metadata:
  name: ${service}
spec:
  tracing:
    samplingRate: '1'
  metrics:
    enabled: true
    http:
      increasedCardinality: false
  secrets:
    scopes:
      - storeName: secretstore
        defaultAccess: deny
`;
}
