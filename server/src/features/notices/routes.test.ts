import { inTransaction } from '../../core/db/database'
import { buildAtWork, send } from '../../testing/at-work'
import { eachEngine } from '../../testing/harness'
import { householdTable } from '../households/entities'
import { NoticeDesk } from './desk.fixture'
import type { DeskNotice, NoticeDeskRow, PreviewView } from './schema'

eachEngine((engine) => {
  let desk: NoticeDesk
  beforeAll(async () => {
    desk = await NoticeDesk.open(engine)
  })
  afterAll(() => desk.close())

  const clientId = (): string => `client-${desk.app.ctx().ids.next()}`
  const call = async <T>(
    headers: Readonly<Record<string, string>>,
    name: string,
    method: string,
    input: Record<string, unknown>,
  ): Promise<{ status: number; body: T }> => {
    const answer = await send(desk.app, { name, method }, headers, input)
    return { status: answer.status, body: (await answer.json()) as T }
  }

  test('a notice goes its way over HTTP, each act once and with one row in the audit', async () => {
    const { headers, id } = await buildAtWork(desk.app, ['publisher'])
    const draft = { clientId: clientId(), ...desk.input(['松海园/1号楼']) }
    const saved = await call<{ notice: NoticeDeskRow }>(headers, 'notices.saveDraft', 'POST', draft)
    expect(saved.status).toBe(200)
    const again = await call<{ notice: NoticeDeskRow }>(headers, 'notices.saveDraft', 'POST', draft)
    expect(again.body.notice.id).toBe(saved.body.notice.id)
    const { id: noticeId, revision } = saved.body.notice
    const of = { noticeId, revision }
    const counted = await call<{ preview: PreviewView }>(headers, 'notices.preview', 'POST', {
      clientId: clientId(),
      ...of,
    })
    const submit = { clientId: clientId(), ...of, expectedResidents: counted.body.preview.residents }
    const live = await call<{ notice: NoticeDeskRow }>(headers, 'notices.submit', 'POST', submit)
    expect(live.body.notice.state).toBe('live')
    const repeated = await call<{ notice: NoticeDeskRow }>(headers, 'notices.submit', 'POST', submit)
    expect(repeated.body).toEqual(live.body)
    const { body } = await call<DeskNotice>(headers, 'notices.deskGet', 'GET', { noticeId })
    expect(body.versions).toHaveLength(1)
    const rows = await desk.app
      .ctx()
      .db.reader.query<{ action: string; outcome: string; object: string }>(
        "SELECT action, outcome, object FROM audit_log WHERE actor = ? AND action LIKE 'notices.%' ORDER BY id",
        [`staff:${id}`],
      )
    expect(rows.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'notices.saveDraft done',
      'notices.saveDraft repeated',
      'notices.preview done',
      'notices.submit done',
      'notices.submit repeated',
    ])
    expect(rows.map(({ object }) => object).slice(2)).toEqual(Array(3).fill(`notice:${noticeId}`))
    // What was refused names what it was tried on, too.
    await call(headers, 'notices.approve', 'POST', { clientId: clientId(), ...of })
    const [refused] = await desk.app
      .ctx()
      .db.reader.query<{ outcome: string; object: string }>(
        "SELECT outcome, object FROM audit_log WHERE action = 'notices.approve'",
      )
    expect(refused).toEqual({ outcome: 'notice_changed', object: `notice:${noticeId}` })
  })

  test('twenty thousand account numbers fit into a draft; one more does not', async () => {
    const { headers } = await buildAtWork(desk.app, ['publisher'])
    const ctx = desk.app.ctx()
    const now = ctx.clock.now()
    const place = desk.town.area('松海园/1号楼/1单元').id
    const accountNos = Array.from({ length: 20_000 }, (_, index) => String(500_000_000_000 + index))
    await inTransaction(ctx, async (tx) => {
      for (let start = 0; start < 5_000; start += 1_000)
        await tx.insert(
          householdTable,
          accountNos.slice(start, start + 1_000).map((accountNo) => ({
            id: ctx.ids.next(),
            companyId: 'heating',
            accountNo,
            ownerSealed: '',
            phoneTailIndex: null,
            phoneIndex: null,
            factsIndex: '',
            community: '松海园',
            addressText: accountNo,
            shortAddress: accountNo,
            placeId: place,
            supplyId: null,
            createdAt: now,
            updatedAt: now,
          })),
        )
    })
    const save = (numbers: readonly string[]) =>
      call<{ notice: NoticeDeskRow }>(headers, 'notices.saveDraft', 'POST', {
        clientId: clientId(),
        ...desk.input([], { audience: { areaIds: [], accountNos: [...numbers] } }),
      })
    const saved = await save(accountNos)
    expect(saved.status).toBe(200)
    const { body } = await call<DeskNotice>(headers, 'notices.deskGet', 'GET', {
      noticeId: saved.body.notice.id,
    })
    expect(body.namedHouseholds).toBe(5_000)
    expect(body.draft.audience.accountNos).toHaveLength(20_000)
    expect((await save([...accountNos, '1234'])).status).toBe(422)
  })
})
