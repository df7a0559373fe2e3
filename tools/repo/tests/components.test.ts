import { describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { brokerFileProblems } from '../src/components/broker-files.ts';
import { eventComponents } from '../src/components/event-components.ts';
import { operationsOf } from '../src/components/calls-in-code.ts';
import { componentProblems } from '../src/components/component-problems.ts';
import { configurationProblems } from '../src/components/configuration-problems.ts';
import { resiliencyProblems } from '../src/components/resiliency-problems.ts';
import type { Tree } from '../src/read-tree.ts';
import { changed, smallRepository } from './trees.ts';

const CALLS = `export const addEntry = defineCall('ledger', 'AddEntry', { callers: ['till'] });
export const listEntries = defineCall(
  'ledger',
  'ListEntries', { callers: ['*'] });
`;

/** With a `till`, which calls the ledger. */
const repository: Tree = changed(smallRepository(), {
  'services/shared/contracts/src/calls/ledger-calls.ts': CALLS,
  'services/till/src/clients/ledger.ts': "import { addEntry, entryAdded } from '@commons/contracts';\n",
});

describe('what a service asks of others', () => {
  it('is every call of another app that it imports', () => {
    expect(operationsOf(repository, 'till')).toEqual([{ app: 'ledger', path: '/internal/AddEntry', verbs: ['POST'] }]);
    expect(operationsOf(changed(repository, { 'services/ledger/src/answers.ts': CALLS }), 'ledger')).toEqual([]);
  });

  it('is what the platform calls on its behalf, too', () => {
    const tree = changed(repository, {
      'services/shared/platform/src/source.ts': "import {\n  listEntries as entries,\n} from '@commons/contracts';\n",
    });

    expect(operationsOf(tree, 'till').map(({ path }) => path)).toEqual(['/internal/AddEntry', '/internal/ListEntries']);
  });

  it('is no call whose type alone it imports', () => {
    const tree = changed(repository, {
      'services/till/src/clients/ledger.ts': "import type { addEntry } from '@commons/contracts';\n",
    });

    expect(operationsOf(tree, 'till')).toEqual([]);
  });

  it('are those that the platform makes for a service which asks for it', () => {
    const users = `import { addEntry } from '@commons/contracts';\nexport function createEntries() { dapr.call(addEntry); }`;
    const tree = changed(repository, {
      'services/shared/contracts/src/calls/ledger-calls.ts': CALLS,
      'services/shared/platform/src/users/entries.ts': users,
      'services/till/src/use-cases/add.ts': "import { createEntries } from '@commons/platform';",
      'services/shop/src/use-cases/add.ts': "import { createUsers } from '@commons/platform';",
    });

    expect(operationsOf(tree, 'till')).toEqual([{ app: 'ledger', path: '/internal/AddEntry', verbs: ['POST'] }]);
    expect(operationsOf(tree, 'shop')).toEqual([]);
  });

  it('is, of the gateway, what it passes on and what it fetches of each app', () => {
    const tree = changed(repository, {
      'services/gateway/src/domain/route-table.ts':
        "const ROUTES = [\n  ['/api/ledgers', 'ledger'],\n];\n[`/api/admin/services/${app}`, app]\n",
      'services/gateway/src/service.ts': "await dapr.get(app, 'readyz');",
      'services/gateway/src/other.ts': "await ctx.dapr.get('till', 'internal/openapi');",
    });

    expect(operationsOf(tree, 'gateway')).toEqual([
      { app: 'ledger', path: '/api/admin/services/ledger', verbs: ['*'] },
      { app: 'ledger', path: '/api/ledgers', verbs: ['*'] },
      { app: 'ledger', path: '/readyz', verbs: ['GET'] },
      { app: 'till', path: '/internal/openapi', verbs: ['GET'] },
    ]);
  });
});

describe('the access list of a service', () => {
  const path = 'components/configuration/ledger.yaml';
  const text = smallRepository().get(path) ?? '';
  const problemsWith = (changes: Record<string, string | undefined>) =>
    configurationProblems(changed(smallRepository(), changes));

  it('lets others do what their code does', () => {
    expect(configurationProblems(smallRepository())).toEqual([]);
    expect(problemsWith({ [path]: text.replace('/api/ledgers', '/api/ledger') })).toEqual([
      `${path} must let gateway (of default) * /api/ledgers: its code does.`,
      `${path} must not let gateway (of default) * /api/ledger: no code of it does.`,
    ]);
  });

  it('lets them do no more', () => {
    expect(problemsWith({ [path]: text.replace("['*']", "['*', GET]") })).toEqual([
      `${path} must not let gateway (of default) GET /api/ledgers: no code of it does.`,
    ]);
    expect(problemsWith({ [path]: text.replace('action: allow', 'action: deny') })).toEqual([
      `${path} must let gateway (of default) * /api/ledgers: its code does.`,
      `${path} must not let gateway (of default) * /api/ledgers by "deny": no code of it does.`,
    ]);
  });

  it('denies the rest', () => {
    expect(problemsWith({ [path]: text.replace('defaultAction: deny', 'defaultAction: allow') })).toEqual([
      `${path} must have defaultAction: deny and trustDomain: public, for all and for every caller.`,
    ]);
  });

  it('is not left out', () => {
    expect(problemsWith({ [path]: undefined })).toEqual([
      `${path} is missing; add it: without one, everybody may call ledger.`,
    ]);
  });
});

describe('a component', () => {
  const problemsWith = (changes: Record<string, string>) => componentProblems(changed(smallRepository(), changes));

  it('is for services that there are', () => {
    expect(componentProblems(smallRepository())).toEqual([]);
    expect(
      problemsWith({ 'components/pubsub.yaml': 'scopes: [till]', 'components/blobs.yaml': 'kind: Component' }),
    ).toEqual([
      'components/pubsub.yaml has the scope till, which is no service; take it out.',
      "components/blobs.yaml has no scopes; add those who use it, or it is everybody's.",
    ]);
  });

  it('uses secrets that are told of, and no other is told of', () => {
    expect(
      problemsWith({
        'components/secretstore.yaml': '#   coin-key  ledger\n#   old-key  nobody\nscopes: [ledger]',
        'components/safe.yaml': 'spec: { metadata: [{ name: a, secretKeyRef: { name: safe-key } }] }\nscopes: [ledger]',
        'components/configuration/ledger.yaml': 'spec: { secrets: { scopes: [{ allowedSecrets: [coin-key] }] } }',
      }),
    ).toEqual([
      'components/secretstore.yaml does not tell of safe-key.',
      'components/secretstore.yaml tells of old-key, which nothing uses.',
    ]);
  });
});

describe('the policies of calls', () => {
  const path = 'components/resiliency.yaml';

  it('limit every service but the gateway, and repeat nothing', () => {
    expect(resiliencyProblems(smallRepository())).toEqual([]);
    expect(
      resiliencyProblems(
        changed(smallRepository(), { [path]: 'spec: { targets: { apps: { till: { timeout: a, retry: b } } } }' }),
      ),
    ).toEqual([
      `${path} has no timeout for ledger; add it as a target, or calls to it wait for ever.`,
      `${path} has the target till, which is no service; take it out.`,
      `${path} repeats calls to till: a POST could run twice; take the retry out.`,
    ]);
  });
});

describe('what is made from the subscriptions', () => {
  it('is what they are now, and nothing else', () => {
    const wanted = new Map([
      ['components/rabbitmq/definitions.json', '{}'],
      ['components/pubsub-till-events.yaml', 'a'],
    ]);
    const problem = (path: string): string =>
      `${path} is not what the services subscribe to; write it anew: npm run broker-definitions.`;

    expect(brokerFileProblems(wanted, wanted)).toEqual([]);
    expect(
      brokerFileProblems(
        new Map([
          ['components/rabbitmq/definitions.json', '[]'],
          ['components/pubsub-till-events.yaml', 'a'],
          ['components/broadcast-till-events.yaml', 'b'],
          ['components/pubsub.yaml', 'c'],
        ]),
        wanted,
      ),
    ).toEqual([problem('components/rabbitmq/definitions.json'), problem('components/broadcast-till-events.yaml')]);
  });

  it('is a component for each topic, which differs from the one that publishes by its name and its readers', () => {
    const base = {
      kind: 'Component',
      metadata: { name: 'pubsub' },
      spec: {
        type: 'pubsub.rabbitmq',
        metadata: [
          { name: 'connectionString', secretKeyRef: { name: 'broker', key: 'broker' } },
          { name: 'clientName', value: '{appID}' },
          { name: 'prefetchCount', value: '32' },
        ],
      },
      scopes: ['till', 'ledger', 'shop'],
    };
    const topics = [
      { service: 'till', pubsubname: 'pubsub-shop-events', topic: 'shop-events' },
      { service: 'ledger', pubsubname: 'pubsub-shop-events', topic: 'shop-events' },
      { service: 'till', pubsubname: 'broadcast-shop-events', topic: 'shop-events' },
    ];

    const files = eventComponents(topics, stringify(base));

    const [connection] = base.spec.metadata;
    expect([...files].map(([path, text]) => [path, parse(text) as unknown])).toEqual([
      [
        'components/pubsub-shop-events.yaml',
        {
          ...base,
          metadata: { name: 'pubsub-shop-events' },
          spec: {
            type: 'pubsub.rabbitmq',
            metadata: [
              connection,
              { name: 'clientName', value: '{appID} pubsub-shop-events' },
              { name: 'prefetchCount', value: '32' },
            ],
          },
          scopes: ['ledger', 'till'],
        },
      ],
      [
        'components/broadcast-shop-events.yaml',
        {
          ...base,
          metadata: { name: 'broadcast-shop-events' },
          spec: {
            type: 'pubsub.rabbitmq',
            metadata: [
              connection,
              { name: 'clientName', value: '{appID} broadcast-shop-events' },
              { name: 'prefetchCount', value: '64' },
              { name: 'consumerID', value: '{uuid}' },
              { name: 'maxLen', value: '10000' },
            ],
          },
          scopes: ['till'],
        },
      ],
    ]);
  });
});
