import { describe, expect, it } from '@jest/globals';
import { definitionProblems } from '../src/components/broker-definitions.ts';
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

describe("the broker's definitions", () => {
  it('are what the services subscribe to', () => {
    const problem =
      'components/rabbitmq/definitions.json is not what the services subscribe to; write it anew: npm run broker-definitions.';

    expect([definitionProblems('{}', '{}'), definitionProblems('{}', '[]'), definitionProblems(undefined, '')]).toEqual(
      [[], [problem], [problem]],
    );
  });
});
