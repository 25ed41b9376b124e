import { eachEngine } from '../../testing/harness'
import { residentOf } from '../../platforms/context'
import { paymentsOperations } from './schema'
import { sweepRefunds } from './sweep-refunds'
import { Desk } from './test-desk'
import { paymentsRoutes } from './routes'

eachEngine((engine) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await Desk.open(engine)
  })
  afterAll(() => desk.close())

  /** Calls a route as this resident and holds its answer to the contract. */
  async function call(
    name: keyof typeof paymentsOperations,
    residentId: string,
    input: object,
  ): Promise<Record<string, unknown>> {
    const route = paymentsRoutes.find((entry) => entry.name === name)
    if (!route) throw new Error(name)
    const act = route.operation.method === 'POST' ? { clientId: 'routes-test-act-0001', ...input } : input
    const answer = await route.handle(desk.app.asResident(residentId), route.operation.input.parse(act), {
      cookie: () => null,
      setCookie: () => undefined,
    })
    return route.operation.output.parse(answer) as Record<string, unknown>
  }

  test('start, look, pay, check, receipt: every answer keeps the contract', async () => {
    const { residentId, bill } = await desk.payer()
    const started = await call('payments.start', residentId, {
      clientId: 'routes-test-0123456789',
      billIds: [bill.id],
      product: 'wechat-mini',
      shownTotalFen: bill.amountFen,
    })
    const { id, orderNo } = started['payment'] as { id: string; orderNo: string }
    expect(started['payment']).toMatchObject({
      state: 'waiting',
      amountFen: 363408,
      payeeName: '开热公司',
      bills: [{ title: '供热 2026-2027', shortAddress: '松海园 41-6-404' }],
    })
    await expect(call('payments.receipt', residentId, { paymentId: id })).rejects.toMatchObject({
      code: 'receipt_not_ready',
    })
    desk.wechat.take(orderNo)
    expect((await call('payments.check', residentId, { paymentId: id }))['payment']).toMatchObject({
      state: 'paid',
    })
    const receipt = await call('payments.receipt', residentId, { paymentId: id })
    expect(receipt).toMatchObject({
      amountInCapitals: '叁仟陆佰叁拾肆元零捌分',
      channelName: '微信支付',
      payerMasked: '微信用户',
    })
    expect(JSON.stringify(receipt)).not.toContain(bill.accountNo)
    expect(((await call('payments.list', residentId, {}))['items'] as object[])[0]).toMatchObject({
      id,
      state: 'paid',
    })
  })

  test('a part that could not be used is in words everywhere, and the receipt speaks only of what was kept', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment } = await desk.start(residentId, [bill])
    await desk.change('UPDATE bill SET amountFen = 361408 WHERE id = ?', [bill.id])
    desk.wechat.take(payment.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', payment.orderNo))
    const { payment: view } = (await call('payments.get', residentId, { paymentId: payment.id })) as {
      payment: object
    }
    expect(view).toMatchObject({
      state: 'paid',
      amountFen: 363408,
      keptFen: 361408,
      returnedFen: 2000,
      explanation: '多付的 20.00 元正在原路退回。',
      bills: [{ paidFen: 361408 }],
    })
    expect(await call('payments.receipt', residentId, { paymentId: payment.id })).toMatchObject({
      amountInCapitals: '叁仟陆佰壹拾肆元零捌分',
    })
    await sweepRefunds(desk.app.ctx())
    expect((await call('payments.get', residentId, { paymentId: payment.id }))['payment']).toMatchObject({
      explanation: '多付的 20.00 元已原路退回。',
    })
  })

  test('a settled payment is shown as settled while the platform is away', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment } = await desk.start(residentId, [bill])
    desk.wechat.take(payment.orderNo)
    await desk.callback('wechat', desk.paidNotice('wechat', payment.orderNo))
    desk.wechat.down = true
    expect(
      (
        await call('payments.check', residentId, {
          clientId: 'check-0123456789abcdef',
          paymentId: payment.id,
        })
      )['payment'],
    ).toMatchObject({ state: 'paid' })
    desk.wechat.down = false
  })

  test('another resident’s payment is not found by any route that takes its id', async () => {
    const { residentId, bill } = await desk.payer()
    const { payment } = await desk.start(residentId, [bill])
    const stranger = await desk.payer()
    for (const name of ['payments.check', 'payments.cancel', 'payments.get', 'payments.receipt'] as const) {
      await expect(call(name, stranger.residentId, { paymentId: payment.id })).rejects.toMatchObject({
        code: 'not_found',
      })
    }
    expect((await call('payments.list', stranger.residentId, {}))['items']).toEqual([])
    expect(residentOf(desk.app.asResident(stranger.residentId)).id).toBe(stranger.residentId)
  })

  test('my payments come newest first, page by page, none twice', async () => {
    const { residentId } = await desk.payer()
    const made: string[] = []
    for (let i = 0; i < 5; i++) {
      const other = await desk.payer({ amountFen: 100 })
      await desk.change('UPDATE binding SET residentId = ? WHERE residentId = ?', [
        residentId,
        other.residentId,
      ])
      const { payment } = await desk.start(residentId, [other.bill])
      await call('payments.cancel', residentId, { paymentId: payment.id })
      made.unshift(payment.id)
    }
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Record<string, unknown> = await call('payments.list', residentId, {
        limit: '2',
        ...(cursor === '' ? {} : { cursor }),
      })
      seen.push(...(page['items'] as { id: string }[]).map((item) => item.id))
      cursor = page['nextCursor'] as string | null
    }
    expect(seen).toEqual(made)
  })
})
