import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inTransaction } from '../../core/db/database'
import { MINI, PUSH, type SandboxBed, startSandboxBed } from '../../platforms/testing/sandbox-bed'
import { memoryStorage } from '../../testing/fake-platforms'
import { startApp, type TestApp } from '../../testing/harness'
import { checkText } from './check-text'
import { findFile } from './store'
import { photo } from './test-corpus'
import { signIn, type Uploader } from './test-uploads'

/** The whole way round: the portal asks, WeChat fetches the photo from the portal, looks, and pushes what it found. */
let bed: SandboxBed
let app: TestApp
let door: Server
let alice: Uploader

beforeAll(async () => {
  bed = await startSandboxBed()
  // The portal must know its own address before it has one, so a door stands in front of it.
  door = createServer((incoming, outgoing) => {
    const { method, headers } = incoming
    const onward = request(`${app.url}${incoming.url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  const { contentCheck, messagePush } = bed.platforms
  app = await startApp({
    engine: 'sqlite',
    platforms: { contentCheck, messagePush, storage: memoryStorage() },
    config: { http: { publicUrl: origin } },
  })
  bed.kernel.config.wechat.mini.push = { ...PUSH, url: `${origin}/wx/push` }
  alice = await signIn(app, 'wechat-mini')
  const { vault } = app.ctx()
  const openid = bed.kernel.people.openid('zhangyu', MINI)
  await inTransaction(app.ctx(), (tx) =>
    tx.execute(
      "UPDATE resident_identity SET subjectSealed = ?, subjectIndex = ? WHERE residentId = ? AND provider = 'wechat-mini'",
      [vault.seal(openid), vault.index('openid', openid), alice.id],
    ),
  )
  await bed.control('/wechat/login-code', { personId: 'zhangyu' })
})

afterAll(async () => {
  await app.close()
  await bed.close()
  door.closeAllConnections()
  await new Promise((resolve) => door.close(resolve))
})

const checkedAs = async (fault: string | null): Promise<string | undefined> => {
  if (fault !== null) bed.kernel.faults.set({ name: fault, times: 1 })
  const { fileId } = (await alice.send('image', await photo())).body
  await app.runJobs()
  await bed.kernel.clock.advance(5000)
  await bed.kernel.notifier.idle()
  return (await findFile(app.ctx().db.reader, fileId))?.checkState
}

test.each([
  [null, 'pass'],
  ['media-check.risky', 'risky'],
  ['media-check.review', 'review'],
  ['media-check.unreachable', 'review'],
  ['callback.fifty', 'pass'],
])('%s: the photo is %s', async (fault, state) => {
  expect(await checkedAs(fault)).toBe(state)
})

test('a photo is hidden while WeChat is silent', async () => {
  expect(await checkedAs('media-check.silent')).toBe('pending')
})

test('what a resident writes is judged by WeChat, and by a person while it is down', async () => {
  const check = (text: string) => checkText(app.ctx(), { residentId: alice.id, channel: 'wechat-mini', text })
  expect(await check('暖气不热')).toBe('pass')
  expect(await check('加微信领红包')).toBe('risky')
  bed.kernel.faults.set({ name: 'api.errcode', times: 1, params: { errcode: -1, path: 'msg_sec_check' } })
  expect(await check('暖气不热')).toBe('review')
})
