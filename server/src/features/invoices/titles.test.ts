import { AppError } from '../../core/errors'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { listTitles } from './list-titles'
import { removeTitle } from './remove-title'
import { saveTitle } from './save-title'
import type { NewTitle } from './schema'

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )
const COMPANY = {
  kind: 'company',
  name: ' 示范 物业有限公司',
  taxNo: '91350100M000100Y43',
  bank: '',
} satisfies NewTitle

eachEngine((engine) => {
  let app: TestApp
  let residentId: string
  beforeAll(async () => {
    app = await startApp({ engine, config: { invoices: { titlesPerResident: 3 } } })
  })
  beforeEach(async () => {
    residentId = (await buildResident(app)).id
  })
  afterAll(() => app.close())
  const save = (title: NewTitle, over: { titleId?: string; isDefault?: boolean } = {}) =>
    saveTitle(app.asResident(residentId), { title, isDefault: false, ...over })
  const names = async (): Promise<string[]> =>
    (await listTitles(app.asResident(residentId))).items.map(
      ({ name, isDefault }) => `${name}${isDefault ? '*' : ''}`,
    )

  test('the first is the default; another may be; the same one is kept once and changed in place', async () => {
    const { title } = await save({ kind: 'person', name: '张玉兰' })
    expect(title).toMatchObject({ isDefault: true, taxNo: null })
    app.clock.advance(1000)
    const company = (await save(COMPANY)).title
    expect(company).toMatchObject({ name: '示范物业有限公司', bank: null, isDefault: false })
    expect(await names()).toEqual(['张玉兰*', '示范物业有限公司'])
    await save({ ...COMPANY, bank: '示范银行' }, { isDefault: true })
    expect(await names()).toEqual(['示范物业有限公司*', '张玉兰'])
    await save({ kind: 'person', name: '张玉' }, { titleId: title.id })
    expect(await names()).toEqual(['示范物业有限公司*', '张玉'])
    expect(await codeOf(save(COMPANY, { titleId: title.id }))).toBe('title_known')
    await removeTitle(app.asResident(residentId), { titleId: company.id })
    expect(await names()).toEqual(['张玉'])
  })

  test('a company needs a number whose check character is right; so many are kept and no more, also at once', async () => {
    expect(await codeOf(save({ kind: 'company', name: '示范物业' }))).toBe('title_incomplete')
    expect(await codeOf(save({ ...COMPANY, taxNo: '91350100M000100Y44' }))).toBe('tax_no_wrong')
    const said = await Promise.all(
      ['甲甲', '乙乙', '丙丙', '丁丁', '戊戊'].map((name) => codeOf(save({ kind: 'person', name }))),
    )
    expect(said.toSorted()).toEqual(['done', 'done', 'done', 'title_limit', 'title_limit'])
    expect((await names()).filter((name) => name.endsWith('*'))).toHaveLength(1)
  })

  test('another’s title is not there for me', async () => {
    const { title } = await save({ kind: 'person', name: '张玉兰' })
    const stranger = app.asResident((await buildResident(app)).id)
    expect(await codeOf(removeTitle(stranger, { titleId: title.id }))).toBe('not_found')
    const theirs = { titleId: title.id, title: { kind: 'person' as const, name: '别人' }, isDefault: false }
    expect(await codeOf(saveTitle(stranger, theirs))).toBe('not_found')
    expect(await names()).toEqual(['张玉兰*'])
  })
})
