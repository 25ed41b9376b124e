import { inTransaction } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { catalogueVersion, currentCatalogue } from './current-catalogue'
import { getCatalogue } from './get-catalogue'
import { listCatalogueVersions } from './list-catalogue-versions'
import { readCatalogue } from './read-catalogue'
import { saveCatalogue } from './save-catalogue'
import type { CatalogueBody } from './schema'
import { insertVersion } from './store'

const STAFF = '01J00000000000000000000001'

const refusal = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'nothing',
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  )

eachEngine((engine) => {
  let app: TestApp
  const staff = (how = {}) => app.asStaff(STAFF, { name: '周主管', ...how })

  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const edited = async (change: (body: CatalogueBody) => void): Promise<CatalogueBody> => {
    const { body } = await currentCatalogue(app.ctx(), 'heating')
    const copy = structuredClone(body)
    change(copy)
    return copy
  }
  const save = (body: CatalogueBody, basedOn = 1) =>
    saveCatalogue(staff(), { companyId: 'heating', basedOn, body, note: '改了承诺' })

  test('the first one who asks plants version 1 from the file, also when ten ask at once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => currentCatalogue(app.ctx(), 'gas')))
    expect(new Set(all.map(({ version }) => version))).toEqual(new Set([1]))
    const { versions } = await listCatalogueVersions(staff(), { companyId: 'gas' })
    expect(versions).toEqual([{ version: 1, at: app.clock.now(), byName: null, note: '初始目录' }])
  })

  test('inside a transaction the catalogue is read and planted through it', async () => {
    const { version } = await inTransaction(app.ctx(), (tx) => currentCatalogue(app.ctx(), 'power', tx))
    expect(version).toBe(1)
    expect((await currentCatalogue(app.ctx(), 'power')).version).toBe(1)
  })

  test('a version that was rolled back is not remembered', async () => {
    const { body } = await currentCatalogue(app.ctx(), 'gas')
    const lost = inTransaction(app.ctx(), async (tx) => {
      await insertVersion(tx, {
        companyId: 'gas',
        version: 2,
        body: JSON.stringify(body),
        note: '没有存成',
        byId: null,
        byName: null,
        createdAt: app.clock.now(),
      })
      expect((await catalogueVersion(app.ctx(), 'gas', 2, tx)).version).toBe(2)
      throw new Error('undone')
    })
    await expect(lost).rejects.toThrow('undone')
    expect(await refusal(catalogueVersion(app.ctx(), 'gas', 2))).toBe('not_found')
  })

  test('a stranger reads what can be reported, with the promise in words and nothing of the company’s own', async () => {
    const read = await readCatalogue(app.ctx(), { companyId: 'power' })
    expect(read.classes.map(({ name }) => name)).toEqual(['故障报修', '服务申请', '投诉', '其他诉求'])
    const outage = read.types.find(({ id }) => id === 'outage')
    expect(outage?.promise).toBe('城区 45 分钟内到达')
    expect(outage).not.toHaveProperty('clocks')
    expect(outage).not.toHaveProperty('receivers')
    expect(read.types.find(({ id }) => id === 'praise')?.promise).toBeNull()
    expect(read.hotline).toBe('95598')
  })

  test('a saved version is the current one, and requests made before keep theirs', async () => {
    const body = await edited((copy) => void (copy.reopenHours = 24))
    expect((await save(body)).version).toBe(2)
    expect((await currentCatalogue(app.ctx(), 'heating')).body.reopenHours).toBe(24)
    expect((await catalogueVersion(app.ctx(), 'heating', 1)).body.reopenHours).toBe(72)
    const { versions } = await listCatalogueVersions(staff(), { companyId: 'heating' })
    expect(versions.map(({ version, byName }) => [version, byName])).toEqual([
      [2, '周主管'],
      [1, null],
    ])
    const old = await getCatalogue(staff(), { companyId: 'heating', version: 1 })
    expect(old).toMatchObject({ version: 1, body: { reopenHours: 72 } })
    expect(old.calendars).toEqual(expect.arrayContaining(['always', 'office', 'service']))
  })

  test('of two who edited the same version only one saves, the other is told', async () => {
    const body = await edited((copy) => void (copy.reopenHours = 48))
    const ends = await Promise.all([refusal(save(body)), refusal(save(body)), refusal(save(body))])
    expect(ends.toSorted()).toEqual(['catalogue_changed', 'catalogue_changed', 'nothing'])
    expect(await refusal(save(body))).toBe('catalogue_changed')
  })

  test('a team that does not exist is a warning, a calendar that does not exist is a fault', async () => {
    const strange = await edited((copy) => void copy.types[0]?.receivers.push('月球班'))
    expect((await save(strange)).warnings.join('')).toContain('月球班')
    const broken = await edited((copy) => {
      for (const clock of copy.types[0]?.clocks ?? []) clock.calendar = 'moon'
    })
    const error = await save(broken, 2).catch((cause: unknown) => cause)
    expect(isAppError(error, 'invalid_input') && error.fields?.[0]).toEqual({
      path: 'body.types.0.clocks.0.calendar',
      message: '没有名为 moon 的日历',
    })
    expect((await currentCatalogue(app.ctx(), 'heating')).version).toBe(2)
  })

  test('somebody of another company neither sees nor saves it', async () => {
    const stranger = staff({ companies: ['gas'] })
    const body = await edited(() => undefined)
    expect(await refusal(getCatalogue(stranger, { companyId: 'heating' }))).toBe('not_found')
    expect(await refusal(listCatalogueVersions(stranger, { companyId: 'heating' }))).toBe('not_found')
    expect(
      await refusal(saveCatalogue(stranger, { companyId: 'heating', basedOn: 1, body, note: '偷改' })),
    ).toBe('not_found')
    expect(await refusal(readCatalogue(app.ctx(), { companyId: 'nowhere' }))).toBe('not_found')
  })
})
