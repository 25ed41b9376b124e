// Who may use whom (design: docs/ARCHITECTURE.md, "The laws"). Every rule says what to do instead.
// TypeScript 7 has no compiler API, so dependency-cruiser reads the code through swc, which here cannot read JSX:
// the mini-program's own rules are in scripts/miniapp-imports.ts.

/** Lower features first; each may use only those above it in this list, the same order as server/src/features.ts. */
const FEATURES = [
  'portal',
  'staff',
  'identity',
  'files',
  'catalogue',
  'tariffs',
  'outlets',
  'households',
  'billing',
  'notifications',
  'family',
  'payments',
  'notices',
  'appointments',
  'requests',
  'desk',
  'dispatch',
  'official',
  'knowledge',
  'chat',
  'calls',
  'readings',
  'usage',
  'heating',
  'codes',
  'papers',
  'invoices',
  'privacy',
]

const TESTS = '(\\.test\\.tsx?|/testing\\.ts|/testing/.*|/test-[^/]*\\.ts|\\.fixture\\.ts)$'
const feature = (name) => `^server/src/features/${name}/`
const packageNamed = (name) => `(^|/)node_modules/${name}/|^${name}$`

const featureOrder = FEATURES.slice(0, -1).map((name, index) => ({
  name: `feature-order-${name}`,
  comment: `${name} stands below ${FEATURES.slice(index + 1).join(', ')}: let the higher feature ask, or let it own the act.`,
  severity: 'error',
  from: { path: feature(name), pathNot: TESTS },
  to: { path: `^server/src/features/(${FEATURES.slice(index + 1).join('|')})/` },
}))

/** A package that may be used in few places only. */
const only = (name, packageName, places, instead) => ({
  name,
  comment: instead,
  severity: 'error',
  from: { path: '^(server|scripts|bench|e2e|sandbox)/', pathNot: places },
  to: { path: packageNamed(packageName) },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one thing, or a third is missing: move what both use into its own file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment:
        'This import leads nowhere: correct the path, or list the package in the workspace that uses it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.css$' },
    },
    {
      name: 'core-knows-nobody',
      comment: 'core knows no feature and no platform: take what is needed as an argument.',
      severity: 'error',
      from: { path: '^server/src/core/', pathNot: TESTS },
      to: { path: '^server/src/', pathNot: '^server/src/core/' },
    },
    {
      name: 'platforms-know-core-only',
      comment: 'A platform folder knows core only: the feature calls it through the interface in platforms/.',
      severity: 'error',
      from: { path: '^server/src/platforms/', pathNot: TESTS },
      to: { path: '^server/src/(features/|main|assemble|features\\.ts|contract)' },
    },
    {
      name: 'platform-siblings',
      comment: 'Platforms do not use each other: what both need belongs into platforms/ itself or into core.',
      severity: 'error',
      from: { path: '^server/src/platforms/([^/]+)/', pathNot: TESTS },
      to: { path: '^server/src/platforms/([^/]+)/', pathNot: '^server/src/platforms/$1/' },
    },
    {
      name: 'platforms-front-door',
      comment:
        'Features see the interfaces of platforms/, never a platform folder: the configuration picks the implementation.',
      severity: 'error',
      from: { path: '^server/src/features/', pathNot: TESTS },
      to: { path: '^server/src/platforms/[^/]+/' },
    },
    {
      name: 'features-below-entry',
      comment: 'Nothing in a feature uses what assembles the process: take it from ctx.',
      severity: 'error',
      from: { path: '^server/src/(features|platforms|core)/', pathNot: TESTS },
      to: { path: '^server/src/(main|assemble|features|contract)\\.ts$' },
    },
    ...featureOrder,
    {
      name: 'feature-front-door',
      comment: 'Another feature is entered through its index.ts: export there what others may use.',
      severity: 'error',
      from: { path: '^server/src/features/([^/]+)/', pathNot: [TESTS, 'schema\\.ts$'] },
      to: {
        path: '^server/src/features/([^/]+)/',
        pathNot: ['^server/src/features/$1/', '^server/src/features/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'schemas-use-schemas',
      comment: 'A schema.ts is what clients may know: of other features it may use their schema.ts alone.',
      severity: 'error',
      from: { path: '^server/src/features/([^/]+)/[a-z-]*schema\\.ts$' },
      to: {
        path: '^server/src/features/([^/]+)/',
        pathNot: ['^server/src/features/[^/]+/schema\\.ts$', '^server/src/features/$1/[a-z-]*schema\\.ts$'],
      },
    },
    {
      name: 'entry-front-door',
      comment:
        'The entry uses features through their index.ts (contract.ts takes the types of their schema.ts).',
      severity: 'error',
      from: { path: '^server/src/(main|assemble|features|http|worker)\\.ts$' },
      to: { path: '^server/src/features/[^/]+/', pathNot: '/index\\.ts$' },
    },
    {
      name: 'contract-is-schemas',
      comment: 'contract.ts is what clients may know: types of schema.ts files and nothing else.',
      severity: 'error',
      from: { path: '^server/src/contract\\.ts$' },
      to: { path: '.', pathNot: ['^server/src/features/[^/]+/schema\\.ts$', packageNamed('zod')] },
    },
    only(
      'koa-stops-at-routes',
      '(@koa/[a-z]+|koa|koa-helmet)',
      '^(sandbox|bench|e2e)/|^server/src/(core/http/|core/feature\\.ts|main\\.ts|assemble\\.ts|testing/)|(routes|callbacks)\\.ts$|\\.test\\.ts$',
      'Koa stops at routes.ts, *-routes.ts and callbacks.ts: give the act plain values and take a plain answer.',
    ),
    only(
      'typeorm-stops-at-core-db',
      'typeorm',
      '^server/src/core/db/',
      'TypeORM stops at core/db: declare tables with defineTable and write SQL through tx.query in store.ts.',
    ),
    only(
      'drivers-stop-at-core-db',
      '(better-sqlite3|mysql2)',
      '^server/src/(core/db|testing)/|^(bench|e2e)/|\\.test\\.ts$',
      'Database drivers stop at core/db: use ctx.db.reader or inTransaction.',
    ),
    only(
      'wechatpay-stops-at-its-folder',
      'wechatpay-node-v3',
      '^server/src/platforms/wechat/|^sandbox/src/.*/testing\\.ts$|\\.test\\.ts$',
      'The WeChat Pay SDK stops at platforms/wechat: use the PaymentChannel of ctx.platforms.',
    ),
    only(
      'alipay-sdk-stops-at-its-folder',
      'alipay-sdk',
      '^server/src/platforms/alipay/|^sandbox/src/.*/testing\\.ts$|\\.test\\.ts$',
      'The Alipay SDK stops at platforms/alipay: use the PaymentChannel of ctx.platforms.',
    ),
    only(
      'ioredis-stops-at-assembly',
      'ioredis',
      '^server/src/(assemble\\.ts|core/(cache|readiness|signals)\\.ts)$|^bench/torture/|\\.test\\.ts$',
      'Redis is opened in assemble.ts: use ctx.cache and ctx.limiter, which live on when it is lost.',
    ),
    only(
      'undici-stops-at-outgoing-http',
      'undici',
      '^server/src/(platforms/|core/readiness\\.ts)|^(bench|e2e)/|\\.test\\.ts$',
      'Outgoing calls go through platforms/outgoing-http, which holds their limits.',
    ),
    only(
      'decoders-stop-at-their-process',
      '(sharp|mediabunny)',
      '^server/src/features/files/decoder/|^(bench|e2e)/|\\.test\\.ts$|/test-[^/]*\\.ts$',
      'What strangers send is decoded in processes of its own: use the pool of features/files/decoder.',
    ),
    only(
      's3-stops-at-its-folder',
      '@aws-sdk/client-s3',
      '^server/src/platforms/storage/|\\.test\\.ts$',
      'The S3 SDK stops at platforms/storage: use the FileStorage of ctx.platforms.',
    ),
    {
      name: 'sandbox-knows-no-server',
      comment:
        'The sandbox is written from the platforms’ documents alone, so that each side checks the other.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(server|miniapp)/' },
    },
    {
      name: 'server-knows-no-sandbox',
      comment: 'The server must not know that it talks to a sandbox: only addresses and keys differ.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: TESTS },
      to: { path: '^(sandbox|miniapp|scripts|e2e|bench)/' },
    },
    {
      name: 'no-test-code-in-production',
      comment: 'Test helpers stay with tests: move what production needs into a file of its own.',
      severity: 'error',
      from: { path: '^(server|sandbox)/', pathNot: TESTS },
      to: { path: TESTS },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^((server|sandbox|miniapp)/dist|bench/bare-taro)' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.cjs', '.js', '.json', '.scss', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    cache: false,
  },
}
