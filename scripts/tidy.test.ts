import { inOrder, tidyFaults, wordsOf } from './tidy'

const feature = 'server/src/features/billing'
const faultsOf = (files: Readonly<Record<string, string>>): string[] =>
  tidyFaults(Object.entries(files).map(([path, text]) => ({ path, text })))

const listBills = 'export async function listBills(ctx: Ctx) {}'
const listBillsTest = "test('x', () => listBills(ctx))"

test.each([
  [`${feature}/policy.ts`, 'const at = Date.now()', 'ctx.clock.now()'],
  [`${feature}/policy.ts`, 'const at = new Date()', 'ctx.clock.now()'],
  ['server/src/platforms/sms/sms.ts', 'const nonce = randomBytes(8)', 'ctx.ids'],
  ['server/src/platforms/create.ts', "const home = process.env['HOME']", 'ctx.config'],
  [`${feature}/policy.ts`, 'console.log(bill)', 'ctx.log'],
  [`${feature}/list-owed.ts`, 'await tx.query<Row>(sql)', 'store.ts'],
  [`${feature}/list-owed.ts`, 'await ctx.db.reader.query(sql)', 'store.ts'],
  ['miniapp/src/pages/home/index.scss', '  color: #b93c0a;', 'token'],
  ['sandbox/src/a.ts', '// oxlint-disable-next-line no-empty', 'reason'],
  ['e2e/a.ts', '// @ts-expect-error it works', 'type'],
  ['config/default.yaml', `a: 1 # ${'to'.toUpperCase()}DO later`, 'issue'],
])('%s may not say %j, and is told what to do', (path, text, instead) => {
  const faults = faultsOf({ [path]: `\n${text}` })
  expect(faults).toHaveLength(1)
  expect(faults[0]).toContain(`${path}:2`)
  expect(faults[0]).toContain(instead)
})

test.each([
  ['server/src/core/clock.ts', 'now: () => Date.now()'],
  [`${feature}/policy.ts`, 'const day = new Date(at)'],
  [`${feature}/policy.ts`, '// Date.now() would ignore the clock of a test.'],
  [`${feature}/policy.test.ts`, 'const before = Date.now()'],
  [`${feature}/bill-store.ts`, 'await tx.query(sql)'],
  ['miniapp/src/design/tokens.scss', '--brand: #b93c0a;'],
  ['sandbox/src/a.ts', '// oxlint-disable-next-line no-empty -- the platform answers nothing here'],
])('%s may say %j', (path, text) => {
  expect(faultsOf({ [path]: text })).toEqual([])
})

test('an operation needs an act named after it', () => {
  const schema = "export const billingOperations = {\n  'bills.list': {}\n}".replace(
    ': {}',
    ': { method: 1 },',
  )
  const files = { [`${feature}/schema.ts`]: schema }
  expect(faultsOf(files)[0]).toContain('bills.list has no act')
  expect(
    faultsOf({
      ...files,
      [`${feature}/list-bills.ts`]: listBills,
      [`${feature}/list-bills.test.ts`]: listBillsTest,
    }),
  ).toEqual([])
})

test('an act without a test is named; the name of its operation in a test is enough', () => {
  const act = { [`${feature}/list-bills.ts`]: listBills, [`${feature}/schema.ts`]: "  'bills.list': {" }
  expect(faultsOf(act)[0]).toContain('write list-bills.test.ts beside it')
  expect(faultsOf({ ...act, [`${feature}/bills.test.ts`]: "await call('bills.list')" })).toEqual([])
})

test('a step that only a tested act takes is tested with it', () => {
  const files = {
    [`${feature}/list-bills.ts`]: `import { sumOwed } from './sum-owed'\n${listBills}`,
    [`${feature}/sum-owed.ts`]: 'export async function sumOwed(tx: Tx) {}',
  }
  expect(faultsOf(files)).toHaveLength(2)
  expect(faultsOf({ ...files, [`${feature}/list-bills.test.ts`]: listBillsTest })).toEqual([])
})

test('a job that nobody enqueues or lists is found; a schedule needs only its list', () => {
  const jobs = 'export const remind = defineJob({})\nexport const sweep = defineSchedule({})'
  expect(faultsOf({ [`${feature}/jobs.ts`]: jobs })).toEqual([
    expect.stringContaining("remind is in no feature's jobs"),
    expect.stringContaining('nothing enqueues remind'),
    expect.stringContaining("sweep is in no feature's schedules"),
  ])
  expect(
    faultsOf({
      [`${feature}/jobs.ts`]: jobs,
      [`${feature}/index.ts`]: 'jobs: [other, remind], schedules: [sweep]',
      [`${feature}/policy.ts`]: 'await enqueue(tx, ctx, remind, { id }, { key: id })',
    }),
  ).toEqual([])
})

test('a client takes types from the contract and nothing else', () => {
  const path = 'miniapp/src/api/client.ts'
  expect(faultsOf({ [path]: "import { Input } from '@yihu/contract'" })[0]).toContain('import type')
  expect(faultsOf({ [path]: "import type { Input } from '@yihu/contract'" })).toEqual([])
})

test('words of an operation stand in the name of an act in their order', () => {
  expect(wordsOf('sendBindCode')).toEqual(['send', 'bind', 'code'])
  expect(inOrder(['set', 'default'], ['set', 'default', 'household'])).toBe(true)
  expect(inOrder(['members'], ['list', 'member'])).toBe(true)
  expect(inOrder(['default', 'set'], ['set', 'default'])).toBe(false)
})
