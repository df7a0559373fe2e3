/**
 * Who may import whom: the rooms of a service, and the houses they stand in.
 *
 *   routes, subscriptions → use-cases → domain        data and clients arrive by the context, built in context.ts
 */

/** A service's folder; its name is group 1. The platform kit in services/shared is no service. */
const SERVICE = '^services/(?!shared/)([^/]+)/';
/** Node's own modules that reach out of the process. */
const NODE_IO =
  '^(node:)?(fs|net|http|https|http2|dgram|dns|tls|child_process|cluster|worker_threads|readline|repl|inspector)(/|$)';
/** The package itself, wherever in node_modules it was found. */
const packageNamed = (name) => `node_modules/${name}/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Modules that need each other to run are one thing, or share a third that is still to be written.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that nothing answers to: a wrong path, or a package missing from package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared',
      comment: "A package that is imported stands in the importer's own package.json.",
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: '^(services|tools)/' },
    },
    {
      name: 'source-needs-no-dev-dependency',
      comment: 'What src/ imports must be there when the service is installed without development dependencies.',
      severity: 'error',
      from: { path: '^(services|tools)/.*src/', pathNot: '/src/(testing|jest)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'no-service-to-service',
      comment: 'Services meet by events and invocation; what two need is platform (behaviour) or contracts (shapes).',
      severity: 'error',
      from: { path: SERVICE },
      to: { path: SERVICE, pathNot: '^services/$1/' },
    },
    {
      name: 'domain-is-true-on-paper',
      comment: 'A rule does no I/O: domain imports domain, contracts and what merely computes.',
      severity: 'error',
      from: { path: `${SERVICE}src/domain/` },
      to: { path: [`${SERVICE}src/(?!domain/)`, NODE_IO, packageNamed('(express|pino|multer|ws|@azure|nodemailer)')] },
    },
    {
      name: 'domain-without-the-running-platform',
      comment:
        'From the platform a rule takes errors and pure functions: by name, not its sidecar, its server or its log.',
      severity: 'error',
      from: { path: `${SERVICE}src/domain/` },
      to: {
        path: '^services/shared/platform/src/(dapr|mongo|http|events|testing)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'use-case-below-the-routes',
      comment:
        'A use case knows no request and no topic; stores and clients arrive by the context (types may be named).',
      severity: 'error',
      from: { path: `${SERVICE}src/use-cases/` },
      to: { path: [`${SERVICE}src/(routes|subscriptions|main|service)`, packageNamed('(express|@types/express)')] },
    },
    {
      name: 'context-brings-stores-and-clients',
      comment:
        'Only context.ts (and service.ts, the whole on one page) builds stores and clients; others may name their types.',
      severity: 'error',
      from: { path: `${SERVICE}src/(routes|subscriptions|use-cases)/` },
      to: { path: `${SERVICE}src/(data|clients)/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'data-and-clients-at-the-bottom',
      comment: 'What speaks to the outside imports rules and shapes, and nothing of the steps above it.',
      severity: 'error',
      from: { path: `${SERVICE}src/(data|clients)/` },
      to: { path: `${SERVICE}src/(routes|subscriptions|use-cases|main|service)` },
    },
    {
      name: 'mongoose-in-data',
      comment:
        'Only data/, a migration, a test and the platform (outbox, inbox, connection) know that there is MongoDB.',
      severity: 'error',
      from: {
        path: '^(services|tests)/',
        pathNot: [`${SERVICE}(src/data|migrations|tests)/`, '^services/shared/platform/'],
      },
      to: { path: packageNamed('(mongoose|mongodb)') },
    },
    {
      name: 'dapr-client-in-platform',
      comment: "The Dapr client stands behind the platform's own functions, which know its traps.",
      severity: 'error',
      from: { pathNot: '^services/shared/platform/(src/dapr|tests)/' },
      to: { path: packageNamed('@dapr/dapr') },
    },
    {
      name: 'no-tools-in-services',
      comment: 'Tools run services, not the other way; only the testing half of the platform starts the harness.',
      severity: 'error',
      from: { path: '^services/', pathNot: '^services/shared/platform/(src/testing|tests)/' },
      to: { path: '^tools/' },
    },
    {
      name: 'testing-kit-in-tests',
      comment: 'What runs in production does not bring the testing kit along.',
      severity: 'error',
      from: { path: '^services/.*src/', pathNot: '^services/shared/platform/src/testing/' },
      to: { path: '^services/shared/platform/src/testing/' },
    },
    {
      name: 'contracts-import-only-zod',
      comment: 'Shapes that all agree on depend on nothing that could change under them.',
      severity: 'error',
      from: { path: '^services/shared/contracts/src/' },
      to: { pathNot: ['^services/shared/contracts/src/', packageNamed('zod')] },
    },
    {
      name: 'platform-knows-no-service',
      comment: 'The kit stands below the services.',
      severity: 'error',
      from: { path: '^services/shared/' },
      to: { path: SERVICE },
    },
    {
      name: 'harness-stands-alone',
      comment: "The harness is Dapr's HTTP API for anybody's app: nothing of ours.",
      severity: 'error',
      from: { path: '^tools/dapr-harness/' },
      to: { path: '^(services|tools|tests)/', pathNot: '^tools/dapr-harness/' },
    },
    {
      name: 'no-import-of-the-built',
      comment: 'From source to source: what dist/ holds may be old.',
      severity: 'error',
      from: {},
      to: { path: '(^|/)(services|tools|tests)/.*dist/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(dist|\\.data|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'types', 'import', 'node', 'default'],
      mainFields: ['main', 'types'],
    },
  },
};
