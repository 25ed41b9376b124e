// One jest project per workspace. Swc turns TypeScript into CommonJS; types are checked by tsc in `npm run check`.
const transform = {
  '^.+\\.(t|j)sx?$': [
    '@swc/jest',
    {
      jsc: { parser: { syntax: 'typescript', tsx: false }, target: 'es2022' },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    },
  ],
}
const project = (name, extra = {}) => ({
  displayName: name,
  rootDir: `${__dirname}/${name}`,
  testEnvironment: `${__dirname}/scripts/jest-environment.cjs`,
  runtime: `${__dirname}/scripts/jest-runtime.cjs`,
  // Not in the system's temporary folder, which `npm test` puts into memory and empties.
  cacheDirectory: `${__dirname}/node_modules/.cache/jest`,
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  transform,
  ...extra,
})
module.exports = {
  testTimeout: 60_000,
  // Each file of tests leaves some megabytes behind, and a heap of gigabytes is collected for longer than tests run.
  workerIdleMemoryLimit: '900MB',
  projects: [
    project('server', {
      globalSetup: '<rootDir>/src/testing/begin-run.ts',
      globalTeardown: '<rootDir>/src/testing/end-run.ts',
      setupFiles: ['<rootDir>/src/testing/setup.ts'],
      // What otplib stands on is published as ES modules only.
      transformIgnorePatterns: ['/node_modules/(?!(.*/)?(@scure|@noble)/)'],
    }),
    project('sandbox'),
    project('miniapp'),
    project('console'),
    project('scripts'),
  ],
}
