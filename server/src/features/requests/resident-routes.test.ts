import { eachEngine } from '../../testing/harness'
import { type Phone, RequestDesk } from './test-request-desk'

const submission = {
  companyId: 'heating',
  typeId: 'cold',
  catalogueVersion: 1,
  words: '客厅暖气不热',
  answers: { rooms: '全屋都冷' },
}

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine, {
      limits: {
        write: { limit: 1000, windowMs: 60_000 },
        perIp: { limit: 100_000, windowMs: 60_000 },
        read: { limit: 1000, windowMs: 60_000 },
      },
    })
  })
  afterAll(() => desk.close())

  const person = async (): Promise<{
    id: string
    phone: Phone
    household: { id: string; unitId: string; buildingId: string }
  }> => {
    const { id } = await desk.resident()
    return { id, phone: await desk.phone(id), household: await desk.household([id]) }
  }

  test('from the form to the rating: every answer keeps the contract and shows only what may be done', async () => {
    const { id, phone, household } = await person()
    const photo = await desk.file(id)
    const { request } = await phone.ok('requests.submit', {
      ...submission,
      householdId: household.id,
      fileIds: [photo],
      contactName: '李秀英',
      contactPhone: '13900001234',
    })
    expect(request).toMatchObject({
      stateWords: '已提交，等待受理',
      shortAddress: '松海园 41-6-404',
      contactNameMasked: '李*英',
      contactPhoneMasked: '139******34',
      answers: [{ label: '哪里冷', value: '全屋都冷' }],
      files: [{ fileId: photo, kind: 'image' }],
      may: ['add', 'urge', 'cancel'],
      nextClock: { kind: 'accept', promise: '最迟 10:30 前受理', state: 'running' },
      steps: [{ title: '已提交', byName: '我', files: [] }],
    })
    const worker = await desk.worker(['worker'], { name: '欧阳建国' })
    await desk.move(request.id, 'accept', { words: '马上安排' })
    await desk.move(request.id, 'dispatch', {
      assign: { teamId: 'T', staffId: worker.id, answerBy: null },
      words: '带上阀门',
    })
    const by = { kind: 'staff', id: worker.id, name: '欧阳建国', roles: ['worker'] } as const
    await desk.move(request.id, 'set-out', { by })
    const onTheWay = (await phone.ok('requests.get', { requestId: request.id })).request
    expect(onTheWay).toMatchObject({ workerName: '欧阳师傅', stateWords: '师傅在路上', may: ['add', 'urge'] })
    expect(onTheWay.steps.map((step) => [step.title, step.byName, step.words])).toEqual([
      ['已提交', '我', null],
      ['已受理，正在安排', '客服', '马上安排'],
      ['已安排欧阳师傅', '客服', null],
      ['欧阳师傅已出发', '欧阳师傅', null],
    ])
    await desk.move(request.id, 'arrive', { by })
    await desk.move(request.id, 'hold', {
      by,
      holdReason: 'parts',
      words: '缺一个阀门',
      until: desk.app.clock.now() + 3_600_000,
    })
    const held = (await phone.ok('requests.get', { requestId: request.id })).request
    expect(held.steps.at(-1)).toMatchObject({ title: '暂停处理：等配件，今天11:00再看', words: '缺一个阀门' })
    expect(held.nextClock).toMatchObject({ kind: 'reply', state: 'paused', pausedBecause: '等配件' })
    await desk.move(request.id, 'resume')
    await desk.move(request.id, 'resolve', { by, words: '换好了' })
    const done = (await phone.ok('requests.get', { requestId: request.id })).request
    expect(done.may).toEqual(['add', 'rate', 'reopen', 'follow-up'])
    const rated = await phone.ok('requests.rate', {
      requestId: request.id,
      stars: 5,
      outcome: 'solved',
      words: '很快',
      fileIds: [await desk.file(id)],
    })
    expect(rated.request).toMatchObject({
      state: 'closed',
      rating: { stars: 5, outcome: 'solved', words: '很快', reply: null, files: [{ kind: 'image' }] },
      may: ['reopen'],
      survey: { open: false },
    })
  })

  test('the list has what goes on first, then the newest, a page at a time, with what is followed', async () => {
    const { phone, household } = await person()
    const neighbour = await person()
    const ids: string[] = []
    for (let index = 0; index < 5; index++)
      ids.push((await phone.ok('requests.submit', { ...submission, householdId: household.id })).request.id)
    const [first = '', second = ''] = ids
    await desk.move(second, 'cancel', { reason: '不用了' })
    const theirs = (
      await neighbour.phone.ok('requests.submit', { ...submission, householdId: neighbour.household.id })
    ).request.id
    await phone.ok('requests.follow', { requestId: theirs, follow: true })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: { items: { id: string }[]; nextCursor: string | null } = await phone.ok('requests.list', {
        limit: '2',
        ...(cursor === null ? {} : { cursor }),
      })
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual([theirs, ids[4], ids[3], ids[2], first, second])
    expect((await phone.ok('requests.list', { show: 'closed' })).items.map((item) => item.id)).toEqual([
      second,
    ])
    expect((await phone.ok('requests.list', { show: 'open' })).items).toHaveLength(5)
    expect((await phone.call('requests.list', { cursor: 'x' })).status).toBe(422)
  })

  test('of a neighbour’s request one sees where it stands, and nothing of its owner', async () => {
    const owner = await person()
    const neighbour = await person()
    const outsider = await person()
    await desk.household([outsider.id], { building: '1号楼' })
    const { request } = await owner.phone.ok('requests.submit', {
      ...submission,
      words: '我叫李秀英，屋里很冷',
      householdId: owner.household.id,
      fileIds: [await desk.file(owner.id)],
      contactName: '李秀英',
    })
    const { similar } = await neighbour.phone.ok('requests.precheck', {
      companyId: 'heating',
      typeId: 'cold',
      householdId: neighbour.household.id,
    })
    expect(similar).toContainEqual(
      expect.objectContaining({ requestId: request.id, where: '同单元', followers: 0 }),
    )
    await neighbour.phone.ok('requests.follow', { requestId: request.id, follow: true })
    await neighbour.phone.ok('requests.follow', { requestId: request.id, follow: true })
    await owner.phone.ok('requests.add', {
      requestId: request.id,
      words: '敲门找李秀英',
      fileIds: [await desk.file(owner.id)],
    })
    await desk.move(request.id, 'accept', { words: '李秀英女士您好' })
    await desk.app.runJobs()
    const seen = (await neighbour.phone.ok('requests.get', { requestId: request.id })).request
    expect(JSON.stringify(seen)).not.toMatch(/秀英|-404|李/)
    expect(seen).toMatchObject({
      mine: false,
      may: ['unfollow'],
      files: [],
      words: '',
      shortAddress: '松海园 41号楼',
    })
    expect(seen.steps.map((step) => step.title)).toEqual(['已提交', '已受理，正在安排'])
    expect(await desk.told(neighbour.id)).toEqual(['已受理，正在安排｜您关注的问题：已受理，正在安排'])
    expect(await desk.request(request.id)).toMatchObject({ followers: 1 })
    await neighbour.phone.ok('requests.follow', { requestId: request.id, follow: false })
    expect((await neighbour.phone.call('requests.get', { requestId: request.id })).error?.code).toBe(
      'not_found',
    )
  })

  test('somebody else’s request does not exist, whatever is asked of it', async () => {
    const owner = await person()
    const { id: strangerId } = await desk.resident()
    await desk.household([strangerId], { community: '海景园' })
    const stranger = await desk.phone(strangerId)
    const { request } = await owner.phone.ok('requests.submit', {
      ...submission,
      householdId: owner.household.id,
    })
    const requestId = request.id
    const tries: [Parameters<Phone['call']>[0], object][] = [
      ['requests.get', { requestId }],
      ['requests.follow', { requestId, follow: true }],
      ['requests.add', { requestId, words: '是我的' }],
      ['requests.urge', { requestId }],
      ['requests.cancel', { requestId, reason: '不要了' }],
      ['requests.rate', { requestId, stars: 5, outcome: 'solved' }],
      ['requests.reopen', { requestId, words: '没好' }],
      ['requests.changeAppointment', { requestId, holdId: null }],
      ['requests.answerSurvey', { requestId, stillGood: true, noMoreSurveys: false }],
    ]
    const missing = { requestId: desk.app.ctx().ids.next() }
    for (const [name, input] of tries) {
      const theirs = await stranger.call(name, input)
      const nobodys = await stranger.call(name, { ...input, ...missing })
      expect([name, theirs.error?.code]).toEqual([name, 'not_found'])
      expect(theirs.error?.message).toBe(nobodys.error?.message)
    }
    expect((await desk.request(requestId)).version).toBe(1)
    expect((await stranger.ok('requests.list', {})).items).toEqual([])
  })

  test('whoever has another wallet on the same person has the same requests', async () => {
    const { id, phone, household } = await person()
    const { request } = await phone.ok('requests.submit', { ...submission, householdId: household.id })
    const { id: living } = await desk.resident()
    await desk.change('UPDATE resident SET mergedInto = ? WHERE id = ?', [living, id])
    const other = await desk.phone(living)
    expect((await other.ok('requests.list', {})).items.map((item) => item.id)).toEqual([request.id])
    expect((await other.ok('requests.add', { requestId: request.id, words: '补充一句' })).request.mine).toBe(
      true,
    )
  })

  test('twenty taps with one client id make one request; whoever taps again reads the same answer', async () => {
    const { id, phone, household } = await person()
    const input = { ...submission, householdId: household.id }
    const clientId = 'submit-twenty-times-0001'
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => phone.call('requests.submit', input, clientId)),
    )
    const made = await desk.rows<{ id: string }>('SELECT id FROM request WHERE residentId = ?', [id])
    expect(made).toHaveLength(1)
    expect(replies.filter((reply) => reply.ok).every((reply) => reply.ok?.request.id === made[0]?.id)).toBe(
      true,
    )
    expect(replies.every((reply) => reply.ok !== null || reply.error?.code === 'busy')).toBe(true)
    const again = await phone.ok('requests.submit', input, clientId)
    expect(again.request.id).toBe(made[0]?.id)
    expect((await phone.call('requests.submit', { ...input, words: '别的事情' }, clientId)).error?.code).toBe(
      'idempotency_conflict',
    )
  })
})
