import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { facts } from '../households/households.fixture'
import { saveImportedHouseholds } from '../households/save-imported-households'
import { openSealed } from '../files'
import { doorsInOrder } from '../households'
import { cancelOrder } from './cancel-order'
import { countCodes } from './count-codes'
import type { CodeOrderView, PrintForm } from './desk-schema'
import { readToken } from './code-token'
import type { HouseholdCodeRow } from './entities'
import { FORMS } from './print-forms'
import { listOrders } from './list-orders'
import { makeMissing } from './make-missing'
import { filesOf, findOrder } from './order-store'
import { printCodes } from './print-codes'
import { printNext } from './print-next'
import { resumeOrder } from './resume-order'
import { revokeCode } from './revoke-code'
import { stepOrder } from './step-order'
import { takeFile } from './take-file'
import { printFolder, readPdf, scan } from '../../core/print/test-pdf'

const PRINTER = '01JDPRNTR0000000000000000P'

eachEngine((engine) => {
  let app: TestApp
  const folder = printFolder()
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())
  afterAll(() => folder.drop())

  const staff = (how = {}): Ctx => app.asStaff(PRINTER, how)
  let homes = 0
  const settle = (
    community: string,
    doors: readonly (readonly [string, string | null, string])[],
  ): Promise<unknown> =>
    inTransaction(app.ctx(), (tx) =>
      saveImportedHouseholds(
        tx,
        app.ctx(),
        'gas',
        new Map(
          doors.map(([building, unit, room]) => [
            String(7_000_000_000 + ++homes),
            facts({ place: { district: null, community, building, unit, room } }),
          ]),
        ),
        new Map(),
      ),
    )
  const rooms = (building: string, count: number): [string, string, string][] =>
    Array.from({ length: count }, (_, index) => [building, '1单元', String(101 + index)])
  const codes = (): Promise<HouseholdCodeRow[]> =>
    app.ctx().db.reader.query<HouseholdCodeRow>('SELECT * FROM household_code ORDER BY id')
  const orderNow = async (): Promise<CodeOrderView> => {
    const [newest] = (await listOrders(staff(), { companyId: 'gas', limit: 20 })).items
    if (!newest) throw new Error('there is no order')
    return newest
  }
  const print = async (form: PrintForm): Promise<CodeOrderView> => {
    await printCodes(staff(), { companyId: 'gas', form })
    await app.runJobs()
    return orderNow()
  }
  const fileOf = async (orderId: string, fileNo: number): Promise<string> => {
    const row = (await filesOf(app.ctx().db.reader, [orderId])).find((file) => file.fileNo === fileNo)
    if (!row) throw new Error('there is no such file')
    const parts: Buffer[] = []
    for await (const part of await openSealed(app.ctx(), row)) parts.push(part as Buffer)
    const path = join(folder.path, `${orderId}-${fileNo}.pdf`)
    writeFileSync(path, Buffer.concat(parts))
    return path
  }
  const textOf = async (orderId: string, fileNo: number, pages: number[]): Promise<string> => {
    const pdf = await readPdf(await fileOf(orderId, fileNo), folder.path, { dotsPerInch: 20, pages })
    return pdf.pages.map(({ text }) => text).join('\n')
  }

  test('each sticker of a sheet opens the household at whose door it hangs', async () => {
    await settle('松海园', [...rooms('10号楼', 3), ...rooms('2号楼', 4)])
    const order = await print('stickers-24')
    const wanted = { companyId: 'gas', areaId: null, after: null, limit: 9 }
    const { doors } = await doorsInOrder(app.ctx().db.reader, wanted)
    const file = await fileOf(order.id, 1)
    const { pages } = await readPdf(file, folder.path, { dotsPerInch: 150, pages: [1] })
    const [page] = pages
    const form = FORMS['stickers-24']
    if (!page || form.kind !== 'stickers') throw new Error('there is no sheet')
    const all = await codes()
    const opened = doors.map((_, index) => {
      const url = scan(page, {
        x: (index % 3) * form.widthMm + form.code.xMm,
        y: form.topMm + Math.floor(index / 3) * form.heightMm + form.code.yMm,
        width: form.code.sideMm,
        height: form.code.sideMm,
      })
      expect(url).toMatch(/^http:\/\/portal\.test\/q\/[A-Za-z0-9_-]{28}$/)
      const named = readToken(app.ctx(), url?.split('/').at(-1) ?? '')
      return all.find(({ publicId }) => publicId === named?.publicId)?.householdId
    })
    expect(opened).toEqual(doors.map(({ id }) => id))
    expect(doors.map(({ place }) => place)).toEqual([
      ...Array.from({ length: 4 }, () => '2号楼1单元'),
      ...Array.from({ length: 3 }, () => '10号楼1单元'),
    ])
  })

  test('a company is made whole, page by page, and asked again it makes nothing', async () => {
    await settle('松海园', [...rooms('2号楼', 300), ...rooms('10号楼', 260)])
    expect(await countCodes(staff(), { companyId: 'gas' })).toEqual({
      households: 560,
      withCode: 0,
      revoked: 0,
    })
    await makeMissing(staff(), { companyId: 'gas' })
    await app.runJobs()
    expect(await orderNow()).toMatchObject({ state: 'done', passed: 560, made: 560, leftOut: 0, files: [] })
    expect(new Set((await codes()).map(({ householdId }) => householdId)).size).toBe(560)
    await makeMissing(staff(), { companyId: 'gas' })
    await app.runJobs()
    expect(await orderNow()).toMatchObject({ state: 'done', passed: 560, made: 0 })
    expect(await codes()).toHaveLength(560)
    expect(await countCodes(staff(), { companyId: 'gas' })).toEqual({
      households: 560,
      withCode: 560,
      revoked: 0,
    })
  })

  test('a print makes what is missing, leaves out who was revoked, and goes from door to door by community', async () => {
    await settle('松海园', [...rooms('10号楼', 2), ...rooms('2号楼', 2)])
    await settle('安居里', [
      ['1号楼', null, '12'],
      ['1号楼', null, '7'],
    ])
    await makeMissing(staff(), { companyId: 'gas' })
    await app.runJobs()
    const doors = (
      await doorsInOrder(app.ctx().db.reader, { companyId: 'gas', areaId: null, after: null, limit: 9 })
    ).doors
    const gone = (await codes()).find(({ householdId }) => householdId === doors.at(-1)?.id)
    await revokeCode(staff(), { codeId: gone?.id ?? '', why: 'lost', renew: false })
    const order = await print('stickers-24')
    expect(order).toMatchObject({ state: 'done', passed: 6, made: 0, leftOut: 1, pages: 2 })
    expect(order.files.map(({ title, codes: n, pages }) => [title, n, pages])).toEqual([
      ['安居里 1号楼', 2, 1],
      ['松海园 2号楼1单元 至 10号楼1单元', 3, 1],
    ])
    const text = await textOf(order.id, 2, [1])
    const [first, second, third] = ['2号楼1单元101', '2号楼1单元102', '10号楼1单元101'].map((door) =>
      text.indexOf(door),
    )
    expect([first, second, third]).toEqual([first, second, third].sort((a, b) => (a ?? 0) - (b ?? 0)))
    expect(first).toBeGreaterThan(0)
    expect(text).not.toContain('10号楼1单元102')
    // Neither a number nor a name of anybody stands on what hangs in public.
    expect(text).not.toMatch(/7000000|沈|红宇/)
  })

  test('one household whose code was revoked gets the next one when it alone is printed', async () => {
    await settle('松海园', rooms('2号楼', 1))
    await makeMissing(staff(), { companyId: 'gas' })
    await app.runJobs()
    const [code] = await codes()
    await revokeCode(staff(), { codeId: code?.id ?? '', why: 'misused', renew: false })
    await printCodes(staff(), { companyId: 'gas', householdId: code?.householdId ?? '', form: 'notice' })
    await app.runJobs()
    expect(await orderNow()).toMatchObject({ state: 'done', made: 1, leftOut: 0, pages: 1 })
    expect((await codes()).map(({ state, serial }) => [state, serial])).toEqual([
      ['revoked', 1],
      ['active', 2],
    ])
    // A list of files names no door.
    expect((await orderNow()).files.map(({ title }) => title)).toEqual(['松海园 2号楼1单元'])
    expect((await orderNow()).placeName).not.toContain('101')
  })

  test('a file has a hundred pages at most, and each meter box a page of its own', async () => {
    await settle('松海园', [...rooms('1号楼', 101)])
    const notices = await print('notice')
    expect(notices.files.map(({ codes: n, pages }) => [n, pages])).toEqual([
      [100, 100],
      [1, 1],
    ])
    await settle('松海园', [...rooms('3号楼', 3), ...rooms('4号楼', 17)])
    const cards = await print('box-card')
    // 101 households on seven pages, three on one, seventeen on two.
    expect(cards.files.map(({ codes: n, pages }) => [n, pages])).toEqual([[121, 10]])
    expect(await textOf(cards.id, 1, [8, 10])).toMatch(/3号楼1单元[^]*4号楼1单元[^]*第 2 张，共 2 张/)
  })

  test('killed in the middle of a file, the next worker goes on without a double or a missing household', async () => {
    await settle('安居里', rooms('1号楼', 30))
    await settle('松海园', rooms('2号楼', 30))
    const put = app.platforms.storage.put.bind(app.platforms.storage)
    const stored: string[] = []
    const deleted: string[] = []
    const remove = app.platforms.storage.delete.bind(app.platforms.storage)
    const { order } = await printCodes(staff(), { companyId: 'gas', form: 'stickers-24' })
    const row = async () => {
      const found = await findOrder(app.ctx().db.reader, order.id)
      if (!found?.form) throw new Error('there is no such order')
      return { ...found, form: found.form }
    }
    jest.spyOn(app.platforms.storage, 'delete').mockImplementation((key) => {
      deleted.push(key)
      return remove(key)
    })
    jest.spyOn(app.platforms.storage, 'put').mockImplementation(async (key, source, told) => {
      await put(key, source, told)
      stored.push(key)
      // The bytes are there, the order does not know it yet: here the process dies.
      if (stored.length === 1) throw new AppError('storage_unavailable')
    })
    await expect(printNext(app.ctx(), await row())).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(await row()).toMatchObject({ passed: 0, files: 0, made: 30 })
    await app.runJobs()
    const done = await orderNow()
    expect(done).toMatchObject({ state: 'done', passed: 60, made: 60, pages: 4 })
    expect(done.files.map(({ title, codes: n }) => [title, n])).toEqual([
      ['安居里 1号楼1单元', 30],
      ['松海园 2号楼1单元', 30],
    ])
    expect(await codes()).toHaveLength(60)
    expect(deleted).toContain(stored[0])
    expect(stored).toHaveLength(3)
  })

  test('a worker that was overtaken throws its file away, and so does one whose order was cancelled', async () => {
    await settle('松海园', rooms('2号楼', 5))
    const { order } = await printCodes(staff(), { companyId: 'gas', form: 'stickers-8' })
    const found = await findOrder(app.ctx().db.reader, order.id)
    if (!found) throw new Error('there is no such order')
    const put = app.platforms.storage.put.bind(app.platforms.storage)
    const deleted = jest.spyOn(app.platforms.storage, 'delete')
    jest.spyOn(app.platforms.storage, 'put').mockImplementation(async (...stored) => {
      await cancelOrder(staff(), { orderId: order.id })
      await put(...stored)
    })
    await printNext(app.ctx(), { ...found, form: 'stickers-8' })
    expect(await orderNow()).toMatchObject({ state: 'cancelled', passed: 0, files: [] })
    expect(deleted).toHaveBeenCalledTimes(1)
    // What comes late finds that it has ended.
    await stepOrder(app.ctx(), order.id, null)
    await app.runJobs()
    expect(await orderNow()).toMatchObject({ state: 'cancelled', files: [] })
  })

  test('an order whose storage stays away fails in the open, and goes on where it stands', async () => {
    await settle('松海园', rooms('2号楼', 5))
    const put = jest
      .spyOn(app.platforms.storage, 'put')
      .mockRejectedValue(new AppError('storage_unavailable'))
    await printCodes(staff(), { companyId: 'gas', form: 'stickers-24' })
    for (let attempt = 1; attempt <= 5; attempt++) {
      await app.runJobs()
      app.clock.advance(600_000)
    }
    const failed = await orderNow()
    expect(failed).toMatchObject({ state: 'failed', passed: 0, made: 5 })
    put.mockRestore()
    await resumeOrder(staff(), { orderId: failed.id })
    await app.runJobs()
    expect(await orderNow()).toMatchObject({ state: 'done', passed: 5, made: 5 })
  })

  test('its file is fetched by whoever asked for its address, for five minutes, and deleted after a week', async () => {
    await settle('松海园', rooms('2号楼', 5))
    const order = await print('stickers-24')
    const { url } = await takeFile(staff(), { orderId: order.id, fileNo: 1 })
    expect(url).toMatch(new RegExp(`^/console/codes/files/${order.id}-1\\?until=\\d{13}&sign=[0-9a-f]{64}$`))
    expect((await orderNow()).files[0]).toMatchObject({ taken: 1 })
    app.clock.advance(7 * DAY_MS - 1)
    await app.runJobs()
    expect((await orderNow()).files).toHaveLength(1)
    app.clock.advance(3_600_000)
    await app.runJobs()
    expect(await orderNow()).toMatchObject({ state: 'done', files: [], filesUntil: null })
    await expect(takeFile(staff(), { orderId: order.id, fileNo: 1 })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('whoever has some areas orders there, sees orders there, and never the whole company’s', async () => {
    await settle('松海园', rooms('2号楼', 3))
    await settle('安居里', rooms('1号楼', 3))
    const { doors } = await doorsInOrder(app.ctx().db.reader, {
      companyId: 'gas',
      areaId: null,
      after: null,
      limit: 9,
    })
    const mine = doors.find(({ community }) => community === '松海园')
    const theirs = doors.find(({ community }) => community === '安居里')
    const [community = ''] = mine?.areaPath.split('/') ?? []
    const some = staff({ areaPaths: [`${community}/`] })
    await expect(printCodes(some, { companyId: 'gas', form: 'notice' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(
      printCodes(some, { companyId: 'gas', areaId: theirs?.areaId ?? '', form: 'notice' }),
    ).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      makeMissing(some, { companyId: 'gas', householdId: theirs?.id ?? '' }),
    ).rejects.toMatchObject({ code: 'not_found' })
    await makeMissing(staff(), { companyId: 'gas' })
    await printCodes(some, { companyId: 'gas', areaId: mine?.areaId ?? '', form: 'stickers-24' })
    await app.runJobs()
    const seen = (await listOrders(some, { companyId: 'gas', limit: 20 })).items
    expect(seen.map(({ form, passed }) => [form, passed])).toEqual([['stickers-24', 3]])
    const all = await listOrders(staff(), { companyId: 'gas', limit: 1 })
    expect(all.items).toHaveLength(1)
    const rest = await listOrders(staff(), { companyId: 'gas', limit: 1, cursor: all.nextCursor ?? '' })
    expect(rest.items.map(({ form }) => form)).toEqual([null])
    const whole = rest.items[0]?.id ?? ''
    await expect(cancelOrder(some, { orderId: whole })).rejects.toMatchObject({ code: 'not_found' })
    await expect(countCodes(staff({ companies: ['heating'] }), { companyId: 'gas' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
