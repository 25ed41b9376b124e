import { buildAtWork } from '../../testing/at-work'
import { buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { markHousehold } from '../households/mark-household'
import { NoticeDesk } from '../notices/desk.fixture'
import { showCallPhone } from './show-call-phone'

eachEngine((engine) => {
  let desk: NoticeDesk
  let noticeId = ''
  beforeAll(async () => {
    desk = await NoticeDesk.open(engine)
    const householdId = home('松海园/1号楼/1单元#1')
    await markHousehold(desk.zhao, { householdId, mark: 'important', on: true, note: '' })
    noticeId = (await desk.submitted(await desk.draft(['松海园']))).id
    await desk.app.runJobs()
  })
  afterAll(() => desk.close())

  const home = (address: string): string => desk.town.household(address)
  const code = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  const agent = (place: string) =>
    desk.as(desk.app.ctx().ids.next(), { roles: ['agent'], areaPaths: [`${desk.town.area(place).id}/`] })

  test('whoever calls sees the whole number, and each look is counted', async () => {
    const of = { noticeId, householdId: home('松海园/1号楼/1单元#1') }
    const caller = agent('松海园')
    const first = await showCallPhone(caller, of)
    expect(first.phone).toBe('13800138000')
    const second = await showCallPhone(caller, of)
    expect(second.leftToday).toBe(first.leftToday - 1)
  })

  test('who is not on the list, or not in my area, stays masked', async () => {
    const unmarked = { noticeId, householdId: home('松海园/1号楼/1单元#2') }
    expect(await code(showCallPhone(agent('松海园'), unmarked))).toBe('not_found')
    const marked = { noticeId, householdId: home('松海园/1号楼/1单元#1') }
    expect(await code(showCallPhone(agent('松海园/2号楼'), marked))).toBe('not_found')
    expect(await code(showCallPhone(agent('御海城'), marked))).toBe('not_found')
  })

  test('nobody looks at more numbers than a day allows', async () => {
    const of = { noticeId, householdId: home('松海园/1号楼/1单元#1') }
    const caller = agent('松海园')
    const { id: bossWallet } = await buildResident(desk.app)
    await buildAtWork(desk.app, ['supervisor'], { walletResidentId: bossWallet })
    let { leftToday } = await showCallPhone(caller, of)
    while (leftToday > 0) ({ leftToday } = await showCallPhone(caller, of))
    expect(await code(showCallPhone(caller, of))).toBe('unmask_limit')
    // Whoever answers for the caller hears of it.
    const { reader } = desk.app.ctx().db
    const told = await reader.query<{ residentId: string; facts: string }>(
      "SELECT residentId, facts FROM message WHERE template = 'staff-alert'",
    )
    expect(told).toEqual([{ residentId: bossWallet, facts: expect.stringContaining('今天的次数用完了') }])
  })
})
