import { inTransaction } from '../../core/db/database'
import { buildBill, buildHousehold } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildReadyFile } from '../../testing/ready-file'
import { areaTable, householdTable } from '../households/entities'
import { findRequest, stepsOf } from '../requests'
import { listCanned } from './list-canned'
import { listChatMessages } from './list-chat-messages'
import { makeChatRequest } from './make-chat-request'
import { presentDeskConversation } from './present-desk'
import { readContext } from './read-context'
import { saveCanned } from './save-canned'
import { saveResidentNote } from './save-resident-note'
import { sendAtDesk } from './send-at-desk'
import { setChatHousehold } from './set-chat-household'
import { takeChat } from './take-chat'
import { TestQueue } from './test-queue'

eachEngine((engine) => {
  let app: TestApp
  let queue: TestQueue
  beforeAll(async () => {
    app = await startApp({ engine })
    queue = new TestQueue(app)
    await queue.knowFigures()
  })
  afterEach(() => queue.clear())
  afterAll(() => app.close())

  /** An agent with a conversation of a resident's, about a home of theirs. */
  const atWork = async () => {
    const agent = await queue.seated({ name: '王芳' })
    const resident = await queue.resident()
    const home = await buildHousehold(app, { members: [resident.id] })
    const caller = await queue.caller({ residentId: resident.id, householdId: home.id })
    await queue.route()
    return { agent, home, caller, conversationId: caller.id }
  }

  describe('ready answers', () => {
    const save = (agent: { ctx: Parameters<typeof saveCanned>[0] }, over: object = {}) =>
      saveCanned(agent.ctx, {
        cannedId: null,
        companyId: 'heating',
        shortcut: 'qf',
        title: '查欠费',
        text: '{{称呼}}，{{住址}}目前欠费 {{欠费}}，{{到期日}}前缴清。{{客服}}',
        fileId: null,
        ...over,
      })

    test('hold the figures of now; what is not known stays open and cannot be sent', async () => {
      const { agent, home, caller, conversationId } = await atWork()
      await save(agent)
      const ask = async () => (await listCanned(agent.ctx, { conversationId, q: 'qf' })).items[0]
      expect(await ask()).toMatchObject({ missing: ['住址', '到期日'] })
      await expect(queue.say(agent, conversationId, (await ask())?.filled ?? '')).rejects.toMatchObject({
        code: 'invalid_input',
      })
      await buildBill(app, home, { amountFen: 34_100, lateFeeFen: 0, dueOn: '2026-11-20' })
      await placeHome(home.id)
      const filled = await ask()
      expect(filled).toMatchObject({
        missing: [],
        filled: '张先生/女士，松海园41号楼目前欠费 341.00 元，11月20日前缴清。王芳',
      })
      await queue.say(agent, conversationId, filled?.filled ?? '')
      expect((await queue.lines(conversationId)).at(-1)).toContain('341.00 元')
      expect(caller.id).toBe(conversationId)
    })

    const placeHome = async (householdId: string): Promise<void> => {
      const { ids, clock } = app.ctx()
      const [community, building] = [ids.next(), ids.next()]
      const row = {
        companyId: 'heating',
        tree: 'place' as const,
        contactSealed: null,
        createdAt: clock.now(),
      }
      await inTransaction(app.ctx(), async (tx) => {
        await tx.insert(areaTable, [
          {
            ...row,
            id: community,
            kind: 'community',
            name: '松海园',
            fullName: '松海园',
            parentId: null,
            path: `${community}/`,
          },
          {
            ...row,
            id: building,
            kind: 'building',
            name: '41号楼',
            fullName: '松海园/41号楼',
            parentId: community,
            path: `${community}/${building}/`,
          },
        ])
        await tx.execute(`UPDATE ${householdTable.name} SET placeId = ? WHERE id = ?`, [
          building,
          householdId,
        ])
      })
    }

    test('an unknown variable is refused, a picture goes with it again and again', async () => {
      const { agent, conversationId } = await atWork()
      await expect(save(agent, { text: '{{余额}}' })).rejects.toMatchObject({ code: 'invalid_input' })
      const fileId = await buildReadyFile(app, { kind: 'staff', id: agent.id })
      const { items } = await save(agent, { shortcut: 'tu', text: '看图', fileId })
      expect(items.find(({ shortcut }) => shortcut === 'tu')?.file).toMatchObject({ fileId })
      const other = await queue.worker()
      await takeChat((await queue.worker({}, ['supervisor'])).ctx, { conversationId })
      const boss = await queue.row(conversationId)
      const send = (ctx: typeof agent.ctx) =>
        sendAtDesk(ctx, {
          conversationId,
          clientId: queue.clientNumber(),
          content: { kind: 'image', fileId },
          audience: 'all',
          mentions: [],
        })
      await expect(send(other.ctx)).rejects.toMatchObject({ code: 'not_your_turn' })
      const holder = app.asStaff(boss.assigneeId ?? '', { roles: ['supervisor'] })
      expect((await send(holder)).message.fileId).toBe(fileId)
      expect((await send(holder)).message.fileId).toBe(fileId)
    })

    test('those of another company are neither seen nor changed; for all companies only by who sees all', async () => {
      const agent = await queue.worker({ companies: ['gas'] })
      const { items } = await save(await queue.worker(), { shortcut: 'heating-only' })
      const theirs = items.find(({ shortcut }) => shortcut === 'heating-only')
      const seen = await listCanned(agent.ctx, {})
      expect(seen.items.map(({ shortcut }) => shortcut)).not.toContain('heating-only')
      const change = save(agent, { cannedId: theirs?.id ?? '', companyId: 'gas', text: '改了' })
      await expect(change).rejects.toMatchObject({ code: 'not_found' })
      await expect(save(agent, { companyId: null, text: '全部' })).rejects.toMatchObject({
        code: 'not_found',
      })
    })
  })

  describe('beside the conversation', () => {
    test('the resident, the home with arrears and usage, the person responsible, notes and risks', async () => {
      const { agent, home, conversationId } = await atWork()
      await buildBill(app, home, {
        amountFen: 34_100,
        lateFeeFen: 0,
        detail: JSON.stringify({ basis: 'area', area: '85.44' }),
      })
      await saveResidentNote(agent.ctx, { conversationId, noteId: null, words: '老人独居，请说慢一点' })
      const beside = await readContext(agent.ctx, { conversationId })
      expect(beside.resident).toMatchObject({ elder: false, channels: expect.arrayContaining(['wechat-oa']) })
      expect(beside.households).toEqual([
        expect.objectContaining({
          id: home.id,
          owedFen: 34_100,
          ownerNameMasked: '*玉',
          usage: [expect.objectContaining({ period: '2026-2027', amountFen: 34_100, quantity: null })],
          gridManager: expect.objectContaining({ name: '沈国强' }),
        }),
      ])
      expect(beside.notes).toEqual([expect.objectContaining({ words: '老人独居，请说慢一点', mine: true })])
      const [note] = beside.notes
      const other = await queue.worker()
      const remove = { conversationId, noteId: note?.id ?? '', words: null }
      await expect(saveResidentNote(other.ctx, remove)).rejects.toMatchObject({ code: 'not_found' })
      await saveResidentNote(agent.ctx, remove)
      expect((await readContext(agent.ctx, { conversationId })).notes).toEqual([])
    })

    test('what it is about can be set to another home of theirs, and who may see it follows', async () => {
      const { agent, caller, conversationId } = await atWork()
      const second = await buildHousehold(app, { members: [caller.residentId] })
      await setChatHousehold(agent.ctx, { conversationId, householdId: second.id })
      expect(await queue.row(conversationId)).toMatchObject({ householdId: second.id })
      const foreign = await buildHousehold(app)
      const take = setChatHousehold(agent.ctx, { conversationId, householdId: foreign.id })
      await expect(take).rejects.toMatchObject({ code: 'not_found' })
    })

    test('what is applied for with its sum read out becomes no request of a conversation', async () => {
      const { agent, conversationId } = await atWork()
      const made = makeChatRequest(agent.ctx, {
        conversationId,
        clientId: queue.clientNumber(),
        typeId: 'stop-supply',
        words: '今年不在家，停供',
        fileIds: [],
        answers: {},
      })
      await expect(made).rejects.toMatchObject({
        code: 'move_not_allowed',
        message: expect.stringContaining('请到“替来电人登记”里选它'),
      })
      expect(await queue.row(conversationId)).toMatchObject({ requestId: null })
    })

    test('a request with the conversation is made in one act, and the resident reads its number', async () => {
      const { agent, home, caller, conversationId } = await atWork()
      await queue.write(caller, conversationId, '客厅只有15度')
      await queue.say(agent, conversationId, '给您报修')
      const { request, conversation } = await makeChatRequest(agent.ctx, {
        conversationId,
        clientId: queue.clientNumber(),
        typeId: 'low-temperature',
        words: '客厅15度，请上门',
        fileIds: [],
        answers: { rooms: '全屋都冷' },
      })
      expect(conversation).toMatchObject({ requestId: request.id, unansweredSince: null })
      expect(await findRequest(app.ctx().db.reader, request.id)).toMatchObject({
        residentId: caller.residentId,
        householdId: home.id,
        channel: 'chat',
      })
      const note = (await stepsOf(app.ctx().db.reader, request.id)).find(({ kind }) => kind === 'note')
      expect(note?.words).toMatch(/住户：客厅只有15度\n.*王芳：给您报修/)
      const { items } = await listChatMessages(caller.ctx, { conversationId, limit: 50 })
      expect(items.at(-1)?.content).toMatchObject({
        kind: 'card',
        card: { type: 'request', title: `诉求 ${request.number}`, gone: false },
      })
      expect((await presentDeskConversation(agent.ctx, conversation)).request?.number).toBe(request.number)
    })
  })
})
