import { inTransaction } from '../../core/db/database'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { listMessages } from './list-messages'
import { markMessagesRead } from './mark-messages-read'
import { notifyResident } from './notify-resident'
import { presentMessage } from './present'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  async function inbox(count: number): Promise<string> {
    const { id } = await buildResident(app)
    for (let n = 0; n < count; n++) {
      await inTransaction(app.ctx(), (tx) =>
        notifyResident(tx, app.ctx(), {
          residentId: id,
          template: 'payment-refunded',
          reason: `r:${n}`,
          page: n === 0 ? null : 'pages/result/index',
          facts: { amount: `￥${n}.00` },
        }),
      )
    }
    return id
  }

  test('newest first, page by page, with the number of unread ones', async () => {
    const ctx = app.asResident(await inbox(5))
    const first = await listMessages(ctx, { limit: 3 })
    const second = await listMessages(ctx, { limit: 3, cursor: first.nextCursor ?? undefined })
    const amounts = [...first.rows, ...second.rows].map((row) => presentMessage(row).fields[0]?.value)
    expect(amounts).toEqual(['￥4.00', '￥3.00', '￥2.00', '￥1.00', '￥0.00'])
    expect([first.unread, second.nextCursor]).toEqual([5, null])
  })

  test('reading up to a message leaves newer ones unread, and other people’s alone', async () => {
    const ctx = app.asResident(await inbox(3))
    const other = app.asResident(await inbox(2))
    const { rows } = await listMessages(ctx, { limit: 10 })
    await markMessagesRead(ctx, rows[1]?.row.id ?? '')
    expect((await listMessages(ctx, { limit: 10 })).unread).toBe(1)
    expect((await listMessages(other, { limit: 10 })).unread).toBe(2)
  })

  test('a message shows only the fields it has, and a page of ours or none', async () => {
    const { rows } = await listMessages(app.asResident(await inbox(2)), { limit: 10 })
    const [newer, older] = rows.map(presentMessage)
    expect(newer).toMatchObject({
      kind: 'payment-refunded',
      title: '缴费退款',
      page: '/pages/result/index',
      fields: [{ label: '退款金额', value: '￥1.00' }],
    })
    expect(older?.page).toBeNull()
    const [row] = rows
    const withSlash = row && presentMessage({ ...row, page: '/requests/detail/index?id=1' })
    expect(withSlash?.page).toBe('/requests/detail/index?id=1')
  })
})
