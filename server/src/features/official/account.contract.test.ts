import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chatOf, OUT_OF_ORDER } from '../../../../sandbox/src/wechat/push/chat'
import { OA, type SandboxBed, startSandboxBed } from '../../platforms/testing/sandbox-bed'
import { startApp, type TestApp } from '../../testing/harness'
import { inTransaction } from '../../core/db/database'
import { buildHousehold, buildResident } from '../../testing/factories'
import { identityKeyOf } from '../identity/identity-key'
import { notifyResident } from '../notifications'
import { publishMenu } from './publish-menu'
import { signPage } from './sign-page'

/** The whole way round: WeChat pushes, the portal answers, and the answer stands in the chat of the one who asked. */
let bed: SandboxBed
let app: TestApp
let door: Server
/** How many answers get lost on their way back. */
let lost = 0

beforeAll(async () => {
  bed = await startSandboxBed()
  const { messagePush, officialAccount, messages } = bed.platforms
  app = await startApp({ engine: 'sqlite', platforms: { messagePush, officialAccount, messages } })
  door = createServer((incoming, outgoing) => {
    const { method, headers } = incoming
    const onward = request(`${app.url}${incoming.url}`, { method, headers }, (answer) => {
      if (lost > 0) {
        lost -= 1
        answer.resume()
        incoming.socket.destroy()
        return
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const { port } = door.address() as AddressInfo
  bed.kernel.config.wechat.oa.pushUrl = `http://127.0.0.1:${port}/wx/push`
})

afterAll(async () => {
  await app.close()
  await bed.close()
  door.closeAllConnections()
  await new Promise((resolve) => door.close(resolve))
})

const act = async (personId: string, path: string, body: object): Promise<void> => {
  await bed.control(`/wechat/${path}`, { personId, ...body })
  await bed.kernel.notifier.idle()
}
const said = (personId: string): string[] =>
  chatOf(bed.kernel, personId)
    .filter(({ from }) => from !== 'person')
    .map(({ text }) => text)
const written = async (): Promise<number> =>
  (await app.ctx().db.reader.query('SELECT id FROM official_message')).length

test('whoever follows reads the welcome, and whoever leaves is not written to', async () => {
  await act('zhangyu', 'follow', { follows: false })
  expect(said('zhangyu')).toEqual([])
  await act('zhangyu', 'follow', { follows: true })
  expect(said('zhangyu')).toEqual([expect.stringContaining('您好，欢迎关注一户。')])
})

test('a question is answered in the chat; figures come as a message of their own', async () => {
  const { id } = await buildResident(app)
  await buildHousehold(app, { members: [id] })
  const openid = bed.kernel.people.openid('liguilan', OA)
  const account = { provider: 'wechat-oa', appId: OA, idType: 'openid', subject: openid } as const
  const { subjectIndex } = identityKeyOf(app.ctx(), account)
  await inTransaction(app.ctx(), (tx) =>
    tx.execute(
      "UPDATE resident_identity SET subjectSealed = ?, subjectIndex = ? WHERE residentId = ? AND provider = 'wechat-oa'",
      [app.ctx().vault.seal(openid), subjectIndex, id],
    ),
  )
  await act('liguilan', 'account-text', { text: '暖气不热' })
  expect(said('liguilan')).toEqual([expect.stringContaining('入户阀门是否全开')])
  await act('liguilan', 'account-text', { text: '欠费' })
  expect(said('liguilan')).toHaveLength(1)
  await app.runJobs()
  expect(said('liguilan')[1]).toContain('开热公司 松海园 41-6-404')
})

test('who wrote to the account reads a step of their request in its chat, as long as the platform allows it', async () => {
  const { id: residentId } = await buildResident(app)
  const openid = bed.kernel.people.openid('visitor', OA)
  const { subjectIndex } = identityKeyOf(app.ctx(), {
    provider: 'wechat-oa',
    appId: OA,
    idType: 'openid',
    subject: openid,
  })
  // The chat of the account is the only way to them.
  await inTransaction(app.ctx(), async (tx) => {
    await tx.execute("DELETE FROM resident_identity WHERE residentId = ? AND provider <> 'wechat-oa'", [
      residentId,
    ])
    await tx.execute(
      'UPDATE resident_identity SET subjectSealed = ?, subjectIndex = ? WHERE residentId = ?',
      [app.ctx().vault.seal(openid), subjectIndex, residentId],
    )
  })
  const ctx = app.ctx()
  const tell = async (remark: string) => {
    await inTransaction(ctx, (tx) =>
      notifyResident(tx, ctx, {
        residentId,
        template: 'request-progress',
        reason: `request:${remark}`,
        facts: {
          number: 'BX2026112200012',
          type: '家里不热',
          state: '师傅已出发',
          time: '2026年11月22日 15:02',
          remark,
        },
        page: null,
        companyId: 'heating',
      }),
    )
    await app.runJobs()
    await app.runJobs()
    return said('visitor').some((words) => words.includes(remark))
  }
  // Both sides live at the same time, as they do outside.
  await bed.kernel.clock.advance(app.clock.now() - bed.kernel.clock.now())
  await act('visitor', 'follow', { follows: true })
  expect(await tell('还没有写过')).toBe(false)
  await act('visitor', 'account-text', { text: '师傅什么时候来' })
  expect(await tell('王师傅正在路上')).toBe(true)
  const waited = 48 * 3_600_000
  app.clock.advance(waited)
  await bed.kernel.clock.advance(waited)
  expect(await tell('已经过了两天')).toBe(false)
})

test('N18: fifty copies of one push are one row and one answer', async () => {
  const before = await written()
  bed.kernel.faults.set({ name: 'callback.fifty', times: 1 })
  await act('wangxiaoming', 'account-text', { text: '怎么报修' })
  expect((await written()) - before).toBe(1)
  expect(said('wangxiaoming')).toHaveLength(1)
})

test('N18: our answer is lost, the platform pushes again, and the person reads it once', async () => {
  const before = await written()
  lost = 1
  await act('sunshifu', 'account-text', { text: '怎么报修' })
  expect(said('sunshifu')).toEqual([])
  app.clock.advance(5_000)
  await bed.kernel.clock.advance(5_000)
  await bed.kernel.notifier.idle()
  expect(said('sunshifu')).toEqual([expect.stringContaining('在线报修要填地址和情况')])
  expect((await written()) - before).toBe(1)
})

test('an answer is never what WeChat takes for a fault', async () => {
  for (const text of ['<b>&]]>报修', `${'😀'.repeat(290)}发票`, '停电', '漏气', '绑定', ' '])
    await act('zhangyu', 'account-text', { text })
  await act('zhangyu', 'account-scan', { scene: 'h_8F3K2xYz' })
  await act('zhangyu', 'account-scan', { scene: '中文]]><x>' })
  await act('zhangyu', 'account-tap', { type: 'click', key: 'gone' })
  await app.runJobs()
  expect(said('zhangyu')).not.toContain(OUT_OF_ORDER)
  expect(said('zhangyu').length).toBeGreaterThan(7)
})

test('the platform takes the configured menu, and the signature of our page', async () => {
  await publishMenu(app.asStaff('01J9ZZZZZZZZZZZZZZZZZZZZZZ'))
  const { menu } = await bed.control('/wechat/account-tap', {
    personId: 'zhangyu',
    type: 'click',
    key: 'owed',
  })
  expect(menu).toMatchObject([{ name: '缴费', type: 'view' }, { name: '报修' }, { name: '服务' }])
  const url = 'http://portal.test/?from=menu'
  const signed = await signPage(app.ctx(), url)
  const given = { ...signed, appid: signed.appId, timestamp: String(signed.timestamp) }
  expect(await bed.control('/wechat/check-js-sdk', { ...given, url })).toEqual({ errMsg: 'config:ok' })
  expect(await bed.control('/wechat/check-js-sdk', { ...given, url: 'http://portal.test/' })).toEqual({
    errMsg: 'config:invalid signature',
  })
})
