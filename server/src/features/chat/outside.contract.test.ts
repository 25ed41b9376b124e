import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chatOf, miniChat } from '../../../../sandbox/src/wechat/push/chat'
import { shownMedia } from '../../../../sandbox/src/wechat/push/media'
import { inTransaction } from '../../core/db/database'
import { OA, PUSH, type SandboxBed, startSandboxBed } from '../../platforms/testing/sandbox-bed'
import { type AtWork, send } from '../../testing/at-work'
import { buildResident } from '../../testing/factories'
import { startApp, type TestApp } from '../../testing/harness'
import { beginFile } from '../files/begin-file'
import { processFile } from '../files/process-file'
import { takePart } from '../files/take-part'
import { photo } from '../files/test-corpus'
import { amr } from '../files/test-recordings'
import { identityKeyOf } from '../identity/identity-key'
import { messageTable, type MessageRow } from '../notifications/entities'
import type { ChatMessageRow, ConversationRow } from './entities'
import { setSeat } from './set-seat'
import { TestQueue } from './test-queue'
import type { ChatMessage } from './views-schema'

/** The whole way: WeChat pushes, an agent reads and answers at the desk, and it stands on the person's phone. */
let bed: SandboxBed
let app: TestApp
let queue: TestQueue
let door: Server
let agent: AtWork

beforeAll(async () => {
  bed = await startSandboxBed()
  const { messagePush, officialAccount, messages, chatMedia } = bed.platforms
  app = await startApp({ engine: 'sqlite', platforms: { messagePush, officialAccount, messages, chatMedia } })
  queue = new TestQueue(app)
  door = createServer((incoming, outgoing) => {
    const { method, headers } = incoming
    const onward = request(`${app.url}${incoming.url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/wx/push`
  bed.kernel.config.wechat.oa.pushUrl = url
  bed.kernel.config.wechat.mini.push = { ...PUSH, url }
  // Both sides live at the same time, as they do outside.
  await bed.kernel.clock.advance(app.clock.now() - bed.kernel.clock.now())
  agent = await queue.agent({ name: '王芳' })
  await setSeat(asAgent(), { state: 'open', capacity: 20 })
})

afterAll(async () => {
  await app.close()
  await bed.close()
  door.closeAllConnections()
  await new Promise((resolve) => door.close(resolve))
})

const asAgent = () => app.asStaff(agent.id, { name: '王芳', roles: ['agent'] })

async function settle(): Promise<void> {
  await bed.kernel.notifier.idle()
  for (let turn = 0; turn < 4; turn++) await app.runJobs()
}
const act = async (personId: string, path: string, body: object): Promise<void> => {
  await bed.control(`/wechat/${path}`, { personId, ...body })
  await settle()
}
async function pass(ms: number): Promise<void> {
  app.clock.advance(ms)
  await bed.kernel.clock.advance(ms)
  await settle()
}
const bubbles = (personId: string) => chatOf(bed.kernel, personId).filter(({ from }) => from === 'account')
const call = async (name: string, input: Record<string, unknown>): Promise<Record<string, unknown>> => {
  const answer = await send(app, { name, method: 'POST' }, agent.headers, {
    clientId: queue.clientNumber(),
    ...input,
  })
  const body = (await answer.json()) as Record<string, unknown>
  expect([name, answer.status, body['error'] ?? null]).toEqual([name, 200, null])
  return body
}
const answers = async (conversationId: string, content: object): Promise<ChatMessage> => {
  const sent = await call('chatDesk.send', { conversationId, content })
  await settle()
  return sent['message'] as ChatMessage
}
const read = async (conversationId: string): Promise<ChatMessage[]> => {
  const answer = await send(app, { name: 'chatDesk.messages', method: 'GET' }, agent.headers, {
    conversationId,
    limit: 50,
  })
  return ((await answer.json()) as { items: ChatMessage[] }).items
}
const rows = <Row>(table: string): Promise<Row[]> => app.ctx().db.reader.query(`SELECT * FROM ${table}`)

/** Somebody who was put through to the agent; a resident of ours where asked for. */
async function talkWith(personId: string, isResident = false): Promise<string> {
  if (isResident) {
    const { id } = await buildResident(app)
    const subject = bed.kernel.people.openid(personId, OA)
    const account = { provider: 'wechat-oa', appId: OA, idType: 'openid', subject } as const
    const { subjectIndex } = identityKeyOf(app.ctx(), account)
    await inTransaction(app.ctx(), (tx) =>
      tx.execute(
        "UPDATE resident_identity SET subjectSealed = ?, subjectIndex = ? WHERE residentId = ? AND provider = 'wechat-oa'",
        [app.ctx().vault.seal(subject), subjectIndex, id],
      ),
    )
  }
  const before = new Set((await rows<ConversationRow>('conversation')).map(({ id }) => id))
  await act(personId, 'account-text', { text: '转人工' })
  const made = (await rows<ConversationRow>('conversation')).find(({ id }) => !before.has(id))
  expect(made).toMatchObject({ state: 'active', assigneeId: agent.id })
  return made?.id ?? ''
}

test('what a person writes is read at the desk, and the agent’s answer stands on their phone', async () => {
  const id = await talkWith('zhangyu')
  await act('zhangyu', 'account-text', { text: '我家三楼不热' })
  await act('zhangyu', 'account-place', { label: '松海园41号楼' })
  const texts = (await read(id)).map(({ content }) => ('text' in content ? content.text : content.kind))
  expect(texts).toEqual(
    expect.arrayContaining(['转人工', '我家三楼不热', '[位置] 松海园41号楼 34.747,113.625']),
  )
  await answers(id, { kind: 'text', text: '师傅下午三点前到' })
  expect(bubbles('zhangyu').at(-1)?.text).toBe('师傅下午三点前到')
  expect((await read(id)).at(-1)).toMatchObject({ outside: 'sent', from: 'staff' })
})

test('the sixth answer is not taken by the platform: it stays at the desk as failed, and a message tells of it', async () => {
  const id = await talkWith('liguilan', true)
  await act('liguilan', 'account-text', { text: '阀门在哪里呀' })
  const before = bubbles('liguilan').length
  for (let nth = 1; nth <= 6; nth++) await answers(id, { kind: 'text', text: `第${nth}句` })
  expect(
    bubbles('liguilan')
      .slice(before)
      .map(({ text }) => text),
  ).toEqual([1, 2, 3, 4, 5].map((n) => `第${n}句`))
  expect((await read(id)).at(-1)).toMatchObject({ outside: 'failed' })
  const told = (await rows<MessageRow>(messageTable.name)).filter(({ template }) => template === 'chat-reply')
  expect(told).toHaveLength(1)
  // The person writes again, and it goes on.
  await act('liguilan', 'account-text', { text: '收到了谢谢' })
  await answers(id, { kind: 'text', text: '不客气' })
  expect(bubbles('liguilan').at(-1)?.text).toBe('不客气')
})

test('when our count says more than the platform, its word counts', async () => {
  const id = await talkWith('wangxiaoming')
  bed.kernel.faults.set({ name: 'api.errcode', times: 1, params: { path: 'custom/send', errcode: 45_047 } })
  await answers(id, { kind: 'text', text: '您好' })
  expect((await read(id)).at(-1)).toMatchObject({ outside: 'failed' })
  expect(bubbles('wangxiaoming').some(({ text }) => text === '您好')).toBe(false)
  await call('chatDesk.close', { conversationId: id, reason: 'solved' })
})

test('pictures go both ways, each encoded anew', async () => {
  const id = await talkWith('sunshifu')
  const base64 = (await photo({ format: 'png' })).toString('base64')
  await act('sunshifu', 'account-image', { base64 })
  const got = (await read(id)).at(-1)
  expect(got).toMatchObject({
    from: 'resident',
    content: { kind: 'image', file: { kind: 'image', width: 640 } },
  })
  const url = got?.content.kind === 'image' ? got.content.file.url : ''
  const shown = await fetch(`${app.url}${url}`, { headers: agent.headers })
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg'])

  const bytes = await photo()
  const ctx = asAgent()
  const { fileId } = await beginFile(ctx, {
    clientId: 'picture-of-a-valve',
    kind: 'image',
    bytes: bytes.length,
  })
  await takePart(ctx, { fileId, offset: 0, bytes })
  await processFile(ctx, fileId)
  await answers(id, { kind: 'image', fileId })
  const bubble = bubbles('sunshifu').at(-1)
  expect(bubble?.kind).toBe('image')
  const media = shownMedia(bed.kernel, bubble?.mediaId ?? '')
  expect(media?.contentType).toBe('image/jpeg')
  expect((await read(id)).at(-1)).toMatchObject({ outside: 'sent' })
  await call('chatDesk.close', { conversationId: id, reason: 'solved' })
})

test('a voice is heard at the desk, with what WeChat understood of it', async () => {
  const id = await talkWith('sunshifu')
  await act('sunshifu', 'account-voice', {
    base64: amr({ seconds: 2 }).toString('base64'),
    heard: '家里的阀门在滴水。',
  })
  const got = (await read(id)).at(-1)
  expect(got).toMatchObject({
    from: 'resident',
    content: {
      kind: 'voice',
      words: '家里的阀门在滴水。',
      file: { kind: 'voice', durationMs: expect.any(Number) },
    },
  })
  const url = got?.content.kind === 'voice' ? got.content.file.url : ''
  const played = await fetch(`${app.url}${url}`, { headers: agent.headers })
  expect([played.status, played.headers.get('content-type')]).toEqual([200, 'audio/wav'])
  const find = { name: 'chatDesk.find', method: 'GET' } as const
  const found = await send(app, find, agent.headers, { conversationId: id, q: '阀门' })
  expect(((await found.json()) as { items: ChatMessage[] }).items).toHaveLength(1)
  await call('chatDesk.close', { conversationId: id, reason: 'solved' })
})

test('a picture that the platform keeps back comes as soon as it gives it', async () => {
  await act('visitor', 'follow', { follows: true })
  const id = await talkWith('visitor')
  bed.kernel.faults.set({ name: 'http.500', times: 1, params: { path: 'media/get' } })
  await act('visitor', 'account-image', { base64: (await photo()).toString('base64') })
  const texts = async () =>
    (await read(id)).map(({ content }) => ('text' in content ? content.text : content.kind))
  expect(await texts()).toContain('[图片] 微信那边暂时取不到，取到后会显示在后面')
  await pass(60_000)
  expect(await texts()).toContain('image')
})

test('a platform that fails before it answers is unknown; one that cannot be reached is asked later', async () => {
  const id = await talkWith('wangxiaoming')
  bed.kernel.faults.set({ name: 'http.500', times: 1, params: { path: 'custom/send', when: 'after' } })
  await answers(id, { kind: 'text', text: '第一句' })
  bed.kernel.faults.set({ name: 'http.429', times: 1, params: { path: 'custom/send' } })
  await answers(id, { kind: 'text', text: '第二句' })
  const outside = async () =>
    (await rows<ChatMessageRow>('chat_message'))
      .filter(({ conversationId, senderKind }) => conversationId === id && senderKind === 'staff')
      .sort((a, b) => a.seq - b.seq)
      .map((row) => row.outside)
  expect(await outside()).toEqual(['unknown', 'due'])
  await pass(60_000)
  expect(await outside()).toEqual(['unknown', 'sent'])
  const said = bubbles('wangxiaoming').map(({ text }) => text)
  expect(said.filter((text) => text === '第一句')).toHaveLength(1)
  expect(said.at(-1)).toBe('第二句')
})

test('the mini-program’s window: opened at a company, written in, answered by an agent', async () => {
  await act('zhangyu', 'mini-enter', { sessionFrom: 'company=gas' })
  await act('zhangyu', 'mini-text', { text: '转人工' })
  const [row] = (await rows<ConversationRow>('conversation')).filter(
    ({ channel }) => channel === 'wechat-mini',
  )
  expect(row).toMatchObject({ companyId: 'gas', state: 'active' })
  await answers(row?.id ?? '', { kind: 'text', text: '燃气的事我来办' })
  const mini = chatOf(bed.kernel, miniChat('zhangyu')).map(({ from, text }) => [from, text])
  expect(mini.at(-1)).toEqual(['account', '燃气的事我来办'])
})
