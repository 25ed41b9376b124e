import { AppError } from '../../core/errors'
import { eachEngine } from '../../testing/harness'
import { forgetAddresses } from './forget-addresses'
import { mailInvoice } from './mail-invoice'
import { Invoices } from './test-invoices'

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

/** The mail with the PDF. */
eachEngine((engine) => {
  let desk: Invoices
  beforeAll(async () => {
    desk = await Invoices.open(engine)
  })
  beforeEach(async () => {
    desk.mailEndings.length = 0
    await desk.later()
    desk.mails.length = 0
  })
  afterAll(() => desk.close())

  const ending = (state: 'later' | 'refused' | 'unknown', platformCode: string) => ({
    state,
    platformCode,
    platformMessageId: null,
    advice: null,
  })

  test('is tried again while the server says later, under the same number', async () => {
    const { residentId, item } = await desk.payer()
    desk.mailEndings.push(ending('later', '451'), ending('later', '451'))
    const asked = await desk.request(residentId, [item], { email: 'a@example.com' })
    for (let turn = 0; turn < 4; turn++) await desk.later(40)
    expect(await desk.seen(residentId, asked.id)).toMatchObject({ mails: [{ state: 'sent' }] })
    expect(new Set(desk.mails.map(({ id }) => id)).size).toBe(1)
    expect(desk.mails).toHaveLength(3)
  })

  test('whose answer is lost is never sent again by itself; the resident reads it and may', async () => {
    const { residentId, item } = await desk.payer()
    desk.mailEndings.push(ending('unknown', 'ETIMEDOUT'))
    const asked = await desk.request(residentId, [item], { email: 'a@example.com' })
    await desk.later()
    await desk.later(600)
    expect(await desk.seen(residentId, asked.id)).toMatchObject({
      mails: [{ state: 'unknown', words: '可能已发到 a***@example.com，没有收到请重发' }],
    })
    expect(desk.mails).toHaveLength(1)
    await mailInvoice(desk.app.asResident(residentId), {
      invoiceId: asked.id,
      email: 'b@example.com',
      toConfirmed: false,
    })
    await desk.later()
    expect((await desk.seen(residentId, asked.id)).mails.map(({ state }) => state)).toEqual([
      'sent',
      'unknown',
    ])
  })

  test('to nobody is told to the resident; ten a day and no more', async () => {
    const { residentId, item } = await desk.payer()
    desk.mailEndings.push(ending('refused', '550'))
    const asked = await desk.request(residentId, [item], { email: 'nobody@example.com' })
    await desk.later()
    expect(await desk.told(asked.id)).toEqual(['发票已开好', '发票邮件没有发到'])
    const again = () =>
      codeOf(
        mailInvoice(desk.app.asResident(residentId), {
          invoiceId: asked.id,
          email: 'a@example.com',
          toConfirmed: false,
        }),
      )
    const said: string[] = []
    for (let turn = 0; turn < 11; turn++) said.push(await again())
    expect(said).toEqual([...Array.from({ length: 10 }, () => 'done'), 'email_limited'])
  })

  test('the address is sealed, and forgotten after half a year', async () => {
    const { residentId, item } = await desk.payer()
    const asked = await desk.request(residentId, [item], { email: 'sealed@example.com' })
    await desk.later()
    const rows = () =>
      desk.app
        .ctx()
        .db.reader.query<{ toSealed: string | null }>(
          "SELECT toSealed FROM invoice_task WHERE kind = 'mail' AND invoiceId = ?",
          [asked.id],
        )
    const [row] = await rows()
    expect(row?.toSealed).toEqual(expect.not.stringContaining('sealed@'))
    await forgetAddresses(desk.app.ctx())
    expect((await rows())[0]?.toSealed).not.toBeNull()
    desk.app.clock.advance(181 * 86_400_000)
    await forgetAddresses(desk.app.ctx())
    expect(await rows()).toEqual([{ toSealed: null }])
    expect((await desk.seen(residentId, asked.id)).mails).toMatchObject([{ toMasked: '已清除的邮箱' }])
  })
})
