import { AppError } from '../../core/errors'
import type { SignedInStaff } from '../../core/context'
import { type AtWork, buildAtWork } from '../../testing/at-work'
import { eachEngine } from '../../testing/harness'
import { getDeskInvoice } from './get-desk-invoice'
import { linkDeskInvoice } from './link-desk-invoice'
import { linkInvoice } from './link-invoice'
import { listDeskInvoices } from './list-desk-invoices'
import { redLetter } from './red-letter'
import { retryInvoice } from './retry-invoice'
import { COMPANY, Invoices } from './test-invoices'

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

eachEngine((engine) => {
  let desk: Invoices
  beforeAll(async () => {
    desk = await Invoices.open(engine)
  })
  beforeEach(async () => {
    await desk.later()
    for (const { name } of desk.tax.kernel.faults.active()) desk.tax.kernel.faults.clear(name)
  })
  afterAll(() => desk.close())
  const finance = (how: Partial<SignedInStaff> = {}) =>
    desk.app.asStaff('01J8FINANCE000000000000000', { roles: ['finance'], ...how })
  const seen = async (invoiceId: string) => (await getDeskInvoice(finance(), { invoiceId })).invoice
  const list = async (
    tab: 'trouble' | 'issuing' | 'issued' | 'cancelled' | 'all',
    how?: Partial<SignedInStaff>,
  ) => (await listDeskInvoices(finance(how), { tab, limit: 50 })).items.map(({ id }) => id)

  test('what was refused stands in trouble with why; put again it has another number and is issued', async () => {
    const { residentId, item } = await desk.payer()
    const { id } = await desk.request(residentId, [item], { title: COMPANY })
    desk.fault('tax.reject', { message: '本月发票总额度不足' })
    await desk.later()
    expect(await list('trouble')).toContain(id)
    const refused = await seen(id)
    expect(refused).toMatchObject({
      state: 'failed',
      failure: '本月发票总额度不足（3001）',
      buyerName: '示范物业有限公司',
      mayRetry: true,
      mayRedLetter: false,
      steps: [{ kind: 'issue', state: 'refused', lastCode: '3001' }],
    })
    expect(await codeOf(retryInvoice(finance(), { invoiceId: id, version: refused.version + 1 }))).toBe(
      'invoice_changed',
    )
    await retryInvoice(finance(), { invoiceId: id, version: refused.version })
    await desk.later()
    expect(await list('trouble')).not.toContain(id)
    expect(await seen(id)).toMatchObject({ state: 'issued', failure: null })
    expect(desk.entries(id).map(({ serialNo }) => serialNo)).toEqual([`F${id}-2`])
    expect(await codeOf(retryInvoice(finance(), { invoiceId: id, version: (await seen(id)).version }))).toBe(
      'move_not_allowed',
    )
  })

  test('what the resident asked for anew, or what went back meanwhile, is not put again', async () => {
    const first = await desk.payer()
    const { id } = await desk.request(first.residentId, [first.item])
    desk.fault('tax.reject')
    await desk.later()
    await desk.request(first.residentId, [first.item])
    const { version } = await seen(id)
    expect(await codeOf(retryInvoice(finance(), { invoiceId: id, version }))).toBe('invoice_taken')
    await desk.later()

    const second = await desk.payer()
    const other = await desk.request(second.residentId, [second.item])
    desk.fault('tax.reject')
    await desk.later()
    await desk.refund(second.item.billId, 100)
    const found = await seen(other.id)
    expect(await codeOf(retryInvoice(finance(), { invoiceId: other.id, version: found.version }))).toBe(
      'move_not_allowed',
    )
  })

  test('finance cancels an issued invoice with a reason, which the resident reads', async () => {
    const { residentId, item } = await desk.payer()
    const { id } = await desk.request(residentId, [item])
    expect(await codeOf(redLetter(finance(), { invoiceId: id, version: 1, reason: '抬头开错' }))).toBe(
      'move_not_allowed',
    )
    await desk.later()
    const { version } = await seen(id)
    await redLetter(finance(), { invoiceId: id, version, reason: '抬头开错' })
    expect(await codeOf(redLetter(finance(), { invoiceId: id, version, reason: '抬头开错' }))).toBe(
      'invoice_changed',
    )
    await desk.later()
    expect(await seen(id)).toMatchObject({ state: 'cancelled', redNote: '抬头开错' })
    expect(desk.entries(id).map(({ red }) => red?.reason ?? null)).toEqual([null, '01'])
    expect(await list('cancelled')).toContain(id)
    // The money is free for the right invoice.
    const again = await desk.request(residentId, [item], { title: COMPANY })
    await desk.later()
    expect(await seen(again.id)).toMatchObject({ state: 'issued' })
  })

  test('a red letter that the platform refuses stands in trouble, and may be put again', async () => {
    const { residentId, item } = await desk.payer()
    const { id } = await desk.request(residentId, [item])
    await desk.later()
    const book = desk.tax.kernel.store.table<{ sellerTaxNo: string }>('tax.entries')
    const [entry] = desk.entries(id)
    if (!entry) throw new Error('nothing was issued')
    book.put(entry.serialNo, { ...entry, sellerTaxNo: 'somebody else' })
    await redLetter(finance(), { invoiceId: id, version: (await seen(id)).version, reason: '抬头开错' })
    await desk.later()
    const refused = await seen(id)
    expect(refused).toMatchObject({
      state: 'cancelling',
      isStuck: true,
      failure: '没有这张蓝字发票（2003）',
      mayRetry: true,
    })
    expect(await list('trouble')).toContain(id)
    book.put(entry.serialNo, entry)
    await retryInvoice(finance(), { invoiceId: id, version: refused.version })
    await desk.later()
    expect(await seen(id)).toMatchObject({ state: 'cancelled' })
  })

  test('a company sees its own; who sees some areas only sees none', async () => {
    const heat = await desk.payer()
    const power = await desk.payer({ companyId: 'power', amountFen: 34140 })
    const one = await desk.request(heat.residentId, [heat.item])
    const two = await desk.request(power.residentId, [power.item], { shownTotalFen: 34140 })
    const ofPower = await list('all', { companies: ['power'] })
    expect([ofPower.includes(one.id), ofPower.includes(two.id)]).toEqual([false, true])
    expect(await list('all', { areaPaths: ['x/'] })).toEqual([])
    const foreign = (invoiceId: string) =>
      codeOf(getDeskInvoice(finance({ companies: ['power'] }), { invoiceId }))
    expect([await foreign(one.id), await foreign(two.id)]).toEqual(['not_found', 'done'])
    const asked = { tab: 'all', companyId: 'heating', limit: 20 } as const
    expect(await codeOf(listDeskInvoices(finance({ companies: ['power'] }), asked))).toBe('not_found')
    await desk.later()
    const { invoiceNo } = await seen(two.id)
    const found = await listDeskInvoices(finance(), { tab: 'all', invoiceNo: invoiceNo ?? '', limit: 20 })
    expect(found.items.map(({ id }) => id)).toEqual([two.id])
    const days = await listDeskInvoices(finance(), { tab: 'all', to: '2026-11-20', limit: 20 })
    expect(days.items).toEqual([])
  })

  test('the PDF comes once and soon, and only to whoever may still have it', async () => {
    const { residentId, item } = await desk.payer()
    const { id } = await desk.request(residentId, [item])
    expect(await codeOf(linkDeskInvoice(finance(), { invoiceId: id }))).toBe('invoice_file_missing')
    await desk.later()
    const link = async (at: AtWork) =>
      linkDeskInvoice(finance({ id: at.id, sessionId: at.sessionId }), { invoiceId: id })
    const get = ({ url }: { url: string }) => fetch(`${desk.app.url}${url}`)
    const near = await buildAtWork(desk.app, ['finance'])
    const given = await link(near)
    const whole = await get(given)
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(
      Buffer.from(await whole.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    expect((await get(given)).status).toBe(410)
    // Rights are asked anew when it is fetched: of another company, of no such post, and of nobody.
    const far = await buildAtWork(desk.app, ['finance'], { companies: ['power'] })
    expect((await get(await link(far))).status).toBe(404)
    expect((await get(await link(await buildAtWork(desk.app, ['worker'])))).status).toBe(410)
    const resident = await linkInvoice(desk.app.asResident(residentId), { invoiceId: id })
    expect(resident.fileName).toBe(`电子发票-${(await seen(id)).invoiceNo}.pdf`)
    expect((await get(resident)).status).toBe(410)
    const old = await link(near)
    desk.app.clock.advance(301_000)
    expect((await get(old)).status).toBe(410)
  })
})
