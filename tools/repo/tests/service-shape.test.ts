import { describe, expect, it } from '@jest/globals';
import { serviceShape } from '../src/service-shape.ts';
import { changed, smallRepository } from './trees.ts';

const problemsOf = (changes: Record<string, string | undefined>) => serviceShape(changed(smallRepository(), changes));

describe('the shape of a service', () => {
  it('finds nothing wrong with a service like its neighbours, and looks into no shared folder', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it('names each file that is missing', () => {
    expect(problemsOf({ 'services/ledger/README.md': undefined, 'services/ledger/src/context.ts': undefined })).toEqual(
      [
        'services/ledger/README.md is missing; every service has one.',
        'services/ledger/src/context.ts is missing; every service has one.',
      ],
    );
  });

  it('asks for a table of contents of the routes', () => {
    expect(problemsOf({ 'services/ledger/src/routes/index.ts': undefined })).toEqual([
      "services/ledger/src/routes/index.ts is missing; it is the table of contents of the service's routes.",
    ]);
  });

  it('lets the gateway have no routes, but not routes without their table of contents', () => {
    expect(problemsOf({ 'services/gateway/src/routes/get-health.ts': '' })).toEqual([
      "services/gateway/src/routes/index.ts is missing; it is the table of contents of the service's routes.",
    ]);
  });

  it('asks for a test', () => {
    expect(problemsOf({ 'services/ledger/tests/a.test.ts': undefined })).toEqual([
      'services/ledger/tests/ has no *.test.ts; add a test of what the service promises.',
    ]);
  });

  it('says where a file belongs that stands in no room', () => {
    expect(
      problemsOf({
        'services/ledger/Dockerfile': '',
        'services/ledger/src/tools/sum.ts': '',
        'services/ledger/src/money.ts': '',
      }),
    ).toEqual([
      'services/ledger/Dockerfile is not a place of a service; move it into one of src, migrations, tests, package.json, tsconfig.json, README.md.',
      'services/ledger/src/tools is not a room of a service; move it into one of routes, subscriptions, use-cases, domain, data, clients, or, when two services need it, to services/shared/platform.',
      'services/ledger/src/money.ts is not a room of a service; move it into one of routes, subscriptions, use-cases, domain, data, clients, or, when two services need it, to services/shared/platform.',
      'services/ledger/Dockerfile is not in kebab-case; rename it.',
    ]);
  });

  it('wants kebab-case, also of folders and of tests', () => {
    expect(
      problemsOf({ 'services/ledger/src/domain/entrySum.ts': '', 'services/ledger/tests/Some_Folder/a.test.ts': '' }),
    ).toEqual([
      'services/ledger/src/domain/entrySum.ts is not in kebab-case; rename it.',
      'services/ledger/tests/Some_Folder/a.test.ts is not in kebab-case; rename it.',
    ]);
  });

  it('wants a use case to be a verb and a noun, and to be what its file is named after', () => {
    expect(
      problemsOf({
        'services/ledger/src/use-cases/entries.ts': 'export function entries() {}',
        'services/ledger/src/use-cases/close-ledger.ts': 'export const closeTheLedger = 1;',
      }),
    ).toEqual([
      'services/ledger/src/use-cases/entries.ts is no verb and noun; name a use case after what it does, like create-post.ts.',
      'services/ledger/src/use-cases/close-ledger.ts does not export closeLedger; name the file after its main export.',
    ]);
  });

  it('wants a handler to be named after its event', () => {
    expect(problemsOf({ 'services/ledger/src/subscriptions/user-deleted.ts': '' })).toEqual([
      "services/ledger/src/subscriptions/user-deleted.ts is no handler's name; call it on-<event>.ts after the event that it takes, like on-user-deleted.ts.",
    ]);
  });

  it('compares package.json with what every service has', () => {
    const manifest = JSON.stringify({
      name: '@commons/legder',
      private: true,
      type: 'module',
      exports: './src/main.ts',
    });
    expect(problemsOf({ 'services/ledger/package.json': manifest })).toEqual([
      'services/ledger/package.json must have "name": "@commons/ledger", as every service has.',
      'services/ledger/package.json must have "exports": {".":{"source":"./src/service.ts","default":"./dist/src/service.js"}}, as every service has.',
      'services/ledger/package.json must have "scripts": {"start":"node --conditions=source src/main.ts"}, as every service has.',
    ]);
    expect(problemsOf({ 'services/ledger/package.json': '{' })).toEqual([
      'services/ledger/package.json is no JSON object; mend it.',
    ]);
  });

  it('misses a service wherever the repository should name it', () => {
    expect(
      problemsOf({
        'tsconfig.json': '{}',
        'tools/launcher/package.json': '{}',
        'tools/launcher/tsconfig.json': '{}',
        'tools/launcher/src/services.ts': undefined,
        'services/gateway/src/domain/route-table.ts': '',
      }),
    ).toEqual([
      'tsconfig.json does not name "services/gateway"; add it: a reference, or it is never type-checked.',
      'tools/launcher/package.json does not name "@commons/gateway"; add it: a dependency of the launcher.',
      'tools/launcher/tsconfig.json does not name "../../services/gateway"; add it: a reference of the launcher.',
      "tools/launcher/src/services.ts does not name '@commons/gateway'; add it: an entry, or npm start leaves it out.",
      'tsconfig.json does not name "services/ledger"; add it: a reference, or it is never type-checked.',
      'tools/launcher/package.json does not name "@commons/ledger"; add it: a dependency of the launcher.',
      'tools/launcher/tsconfig.json does not name "../../services/ledger"; add it: a reference of the launcher.',
      "tools/launcher/src/services.ts does not name '@commons/ledger'; add it: an entry, or npm start leaves it out.",
      "services/gateway/src/domain/route-table.ts does not name 'ledger']; add it: the paths that it answers, or nobody outside reaches it.",
    ]);
  });
});
