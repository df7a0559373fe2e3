import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { innerLoopProblems } from '@commons/inner-loop';
import { parse } from 'yaml';
import { componentProblems } from '../src/components/component-problems.ts';
import { configurationProblems } from '../src/components/configuration-problems.ts';
import { resiliencyProblems } from '../src/components/resiliency-problems.ts';
import { makeService } from '../src/make-service.ts';
import { readTree, type Tree } from '../src/read-tree.ts';
import { nameProblem } from '../src/service-name.ts';
import { serviceNames, serviceShape } from '../src/service-shape.ts';
import { smallRepository } from './trees.ts';

const templates = 'tools/repo/templates/';
const templateFiles = await readTree(fileURLToPath(new URL('../templates/', import.meta.url)));
const repository: Tree = new Map([
  ...smallRepository(),
  ...[...templateFiles].map(([path, text]): [string, string] => [templates + path, text]),
]);

describe('a new service', () => {
  it.each(['bookmark', 'group-event', 'story', 'inbox'])('has the right shape, called %s', (name) => {
    expect(serviceShape(new Map([...repository, ...makeService(repository, name)]))).toEqual([]);
  });

  it('consists of a route, a use case, a store, a handler, a migration and a test', () => {
    const files = [...makeService(repository, 'group-event').keys()];
    expect(files.filter((path) => path.startsWith('services/group-event/')).sort()).toEqual(
      [
        'README.md',
        'migrations/0001-create-group-events.ts',
        'migrations/index.ts',
        'package.json',
        'src/config.ts',
        'src/context.ts',
        'src/data/group-event-model.ts',
        'src/data/group-event-store.ts',
        'src/main.ts',
        'src/routes/create-group-event.ts',
        'src/routes/get-group-event.ts',
        'src/routes/group-event-body.ts',
        'src/routes/index.ts',
        'src/service.ts',
        'src/subscriptions/index.ts',
        'src/subscriptions/on-user-deleted.ts',
        'src/use-cases/create-group-event.ts',
        'src/use-cases/erase-user.ts',
        'tests/group-events.test.ts',
        'tsconfig.json',
      ].map((file) => `services/group-event/${file}`),
    );
  });

  it('carries its name in every form, and leaves no place open', () => {
    const files = makeService(repository, 'group-event');
    expect(files.get('services/group-event/src/context.ts')).toContain('groupEvents: GroupEventStore');
    expect(files.get('services/group-event/src/routes/get-group-event.ts')).toContain("'group_event_not_found'");
    expect([...files].filter(([path, text]) => /\{\{\w/.test(`${path}${text}`))).toEqual([]);
  });

  it('takes its dependencies in the versions that the platform has', () => {
    const manifest = JSON.parse(makeService(repository, 'bookmark').get('services/bookmark/package.json') ?? '');
    expect(manifest.dependencies).toEqual({
      '@commons/contracts': '0.1.0',
      '@commons/platform': '0.1.0',
      mongoose: '9',
      zod: '4',
    });
  });

  it('is named where services are listed', () => {
    const files = makeService(repository, 'group-event');
    expect(JSON.parse(files.get('tsconfig.json') ?? '')).toEqual({
      references: [{ path: 'services/gateway' }, { path: 'services/ledger' }, { path: 'services/group-event' }],
    });
    expect(JSON.parse(files.get('tools/launcher/package.json') ?? '').dependencies).toEqual({
      '@commons/gateway': '0.1.0',
      '@commons/group-event': '0.1.0',
      '@commons/ledger': '0.1.0',
    });
    expect(files.get('tools/launcher/src/services.ts')).toBe(
      "import { service as gateway } from '@commons/gateway';\n" +
        "import { service as groupEvent } from '@commons/group-event';\n" +
        "import { service as ledger } from '@commons/ledger';\n\n" +
        'export const services = [groupEvent, ledger, gateway];\n',
    );
    expect(files.get('services/gateway/src/domain/route-table.ts')).toBe(
      "const ROUTES = [\n  ['/api/ledgers', 'ledger'],\n  ['/api/group-events', 'group-event'],\n];\n",
    );
  });

  it('has a chart, and a place in that of the platform', () => {
    const files = makeService(repository, 'group-event');
    expect([...files.keys()].filter((path) => path.startsWith('charts/')).sort()).toEqual([
      'charts/commons/Chart.yaml',
      'charts/group-event/Chart.yaml',
      'charts/group-event/templates/service.yaml',
      'charts/group-event/values.yaml',
    ]);
    expect(parse(files.get('charts/group-event/Chart.yaml') ?? '')).toEqual({
      apiVersion: 'v2',
      name: 'group-event',
      version: '0.1.0',
      appVersion: '0.1.0',
      description: 'Group events',
      kubeVersion: '>=1.30.0-0',
      dependencies: [{ name: 'commons-service', version: '0.1.0', repository: 'file://../commons-service' }],
    });
    expect(parse(files.get('charts/commons/Chart.yaml') ?? '').dependencies).toEqual(
      ['group-event', 'ledger'].map((name) => ({
        name,
        version: '0.1.0',
        repository: `file://../${name}`,
        condition: `${name}.enabled`,
      })),
    );
  });

  it('is built, deployed and kept up to date on a cluster, with the others', () => {
    const files = makeService(repository, 'group-event');
    const changed = new Map([...repository, ...files]);
    expect(innerLoopProblems(changed, serviceNames(changed))).toEqual([]);
    expect(files.get('tilt/services.star')).toBe(
      "SERVICES = [\n    'gateway',\n    'group-event',\n    'ledger',\n]\n",
    );
  });

  it('is in the scopes, policies and access lists of components', () => {
    const files = new Map([...repository, ...makeService(repository, 'group-event')]);
    expect([...configurationProblems(files), ...componentProblems(files), ...resiliencyProblems(files)]).toEqual([]);
    expect(files.get('components/pubsub.yaml')).toBe('scopes:\n  - ledger\n  - group-event\n');
    expect(parse(files.get('components/resiliency.yaml') ?? '')).toEqual({
      spec: {
        targets: {
          apps: {
            ledger: { timeout: 'invocation' },
            'group-event': { timeout: 'invocation', circuitBreaker: 'unlikely' },
          },
        },
      },
      scopes: ['ledger', 'group-event'],
    });
    expect(files.get('components/configuration/ledger.yaml')).toBe(
      repository.get('components/configuration/ledger.yaml'),
    );
    expect(parse(files.get('components/configuration/group-event.yaml') ?? '')).toMatchObject({
      kind: 'Configuration',
      metadata: { name: 'group-event' },
      spec: {
        secrets: { scopes: [{ storeName: 'secretstore', defaultAccess: 'deny' }] },
        accessControl: {
          defaultAction: 'deny',
          policies: [
            { appId: 'gateway', operations: [{ name: '/api/group-events', httpVerb: ['*'], action: 'allow' }] },
          ],
        },
      },
    });
  });
});

describe('the name of a new service', () => {
  it('may be a noun in kebab-case', () => {
    expect(nameProblem(repository, 'bookmark')).toBeUndefined();
    expect(nameProblem(repository, 'group-event')).toBeUndefined();
  });

  it.each([
    [undefined, 'Say what the service is called: npm run new-service bookmark'],
    ['Bookmark', '"Bookmark" is no name for a service: take a noun in kebab-case, like bookmark or group-event.'],
    ['book_mark', '"book_mark" is no name for a service: take a noun in kebab-case, like bookmark or group-event.'],
    ['../post', '"../post" is no name for a service: take a noun in kebab-case, like bookmark or group-event.'],
    ['a'.repeat(41), `"${'a'.repeat(41)}" is too long: a service's name has at most 40 characters.`],
    ['shared', '"shared" means something else here already; take another name.'],
    ['delete', '"delete" means something else here already; take another name.'],
    ['ledger', 'There is a service ledger already, in services/ledger.'],
    ['platform', '@commons/platform is a package of this repository already; take another name.'],
  ])('is refused as %s', (name, sentence) => {
    expect(nameProblem(repository, name)).toBe(sentence);
  });
});
