import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { buildOutlet, outletFacts } from '../../testing/build-outlet'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { callAgain } from './call-again'
import { callNext } from './call-next'
import { cancelTicket } from './cancel-ticket'
import { endTicket } from './end-ticket'
import { getOutlet } from './get-outlet'
import { getTicket } from './get-ticket'
import { giveTicket } from './give-ticket'
import { importDeskOutlets } from './import-desk-outlets'
import { endDays } from './jobs'
import { listDeskOutlets } from './list-desk-outlets'
import { listOutlets } from './list-outlets'
import { listTickets } from './list-tickets'
import { paceOf, minutesFor } from './pace'
import { readDeskQueue } from './read-desk-queue'
import { saveDeskOutlet } from './save-desk-outlet'
import { outletDeskOperations, outletsOperations } from './schema'
import { takeTicket } from './take-ticket'

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  )
const MONDAY = Date.parse('2026-11-23T10:00:00+08:00')
const MINUTE = 60_000

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())
  beforeEach(() => app.clock.set(MONDAY))

  const somebody = async (): Promise<Ctx> => app.asResident((await buildResident(app)).id)
  const desk = (how = {}): Ctx => app.asStaff(app.ctx().ids.next(), { roles: ['agent'], ...how })
  const empty = async (facts = {}): Promise<string> => {
    const { outlet } = await saveDeskOutlet(desk(), {
      companyId: 'gas',
      outletId: null,
      basedOn: 0,
      facts: outletFacts({ name: `厅${app.ctx().ids.next()}`, ...facts }),
    })
    return outlet.id
  }

  test('a number, people before me, a guess, a call to a counter, and what happens to who did not come', async () => {
    const outletId = await empty()
    const [first, second] = [await somebody(), await somebody()]
    const mine = (await takeTicket(first, { outletId })).ticket
    expect(mine).toMatchObject({ number: 1, state: 'waiting', ahead: 0, minutes: 8, counter: null })
    const theirs = (await takeTicket(second, { outletId })).ticket
    expect(theirs).toMatchObject({ number: 2, ahead: 1, minutes: 16 })
    expect((await getOutlet(app.ctx(), { outletId })).queue).toMatchObject({ waiting: 2, minutes: 24 })

    const { ticket: called } = await callNext(desk(), { outletId, counter: '2号窗口' })
    expect(called).toMatchObject({ number: 1, state: 'called', counter: '2号窗口' })
    const seen = (await getTicket(first, { ticketId: mine.id })).ticket
    expect(seen).toMatchObject({ state: 'called', counter: '2号窗口', ahead: null, minutes: null, calls: 1 })
    expect((await getTicket(second, { ticketId: theirs.id })).ticket.ahead).toBe(0)
    expect((await getOutlet(app.ctx(), { outletId })).queue?.called).toEqual([
      { number: 1, counter: '2号窗口' },
    ])
    expect(await refusal(cancelTicket(first, { ticketId: mine.id }))).toBe('ticket_called')

    await endTicket(desk(), { ticketId: mine.id, as: 'missed' })
    expect((await getTicket(first, { ticketId: mine.id })).ticket.state).toBe('missed')
    const again = await callAgain(desk(), { ticketId: mine.id, counter: '3号窗口' })
    expect(again.ticket).toMatchObject({ state: 'called', calls: 2, counter: '3号窗口' })
    await endTicket(desk(), { ticketId: mine.id, as: 'served' })
    expect(await refusal(callAgain(desk(), { ticketId: mine.id, counter: '1' }))).toBe('ticket_over')
    const queue = outletDeskOperations['outletDesk.queue'].output.parse(
      await readDeskQueue(desk(), { outletId }),
    )
    expect(queue).toMatchObject({ waiting: 1, served: 1, missed: 0 })
  })

  test('the next call of a counter ends whom it had, and a queue without people calls nobody', async () => {
    const outletId = await empty()
    const first = await somebody()
    const { ticket } = await takeTicket(first, { outletId })
    await callNext(desk(), { outletId, counter: 'A' })
    expect(await callNext(desk(), { outletId, counter: 'A' })).toEqual({ ticket: null })
    expect((await getTicket(first, { ticketId: ticket.id })).ticket.state).toBe('served')
  })

  test('one live number for each resident and outlet: asked again, cancelled, and taken anew', async () => {
    const outletId = await empty()
    const me = await somebody()
    const one = (await takeTicket(me, { outletId })).ticket
    expect((await takeTicket(me, { outletId })).ticket).toMatchObject({ id: one.id, number: 1 })
    await cancelTicket(me, { ticketId: one.id })
    expect((await cancelTicket(me, { ticketId: one.id })).ticket.state).toBe('cancelled')
    expect((await takeTicket(me, { outletId })).ticket.number).toBe(2)
    expect((await listTickets(me)).tickets.map(({ number }) => number).sort()).toEqual([1, 2])
    // The number of somebody who took another one since cannot be called beside it.
    const elsewhere = (await takeTicket(me, { outletId: await empty() })).ticket
    expect(elsewhere.number).toBe(1)
  })

  test('many at the same moment: no number twice, none left out, one each; counters never share a number', async () => {
    const outletId = await empty()
    const people = await Promise.all(Array.from({ length: 6 }, somebody))
    const taken = await Promise.all([...people, ...people].map((who) => takeTicket(who, { outletId })))
    const numbers = taken.map(({ ticket }) => ticket.number)
    expect([...new Set(numbers)].sort()).toEqual([1, 2, 3, 4, 5, 6])
    const calls = await Promise.all(
      ['1', '2', '3', '4'].map((counter) => callNext(desk(), { outletId, counter })),
    )
    expect(calls.map(({ ticket }) => ticket?.number).sort()).toEqual([1, 2, 3, 4])
  })

  test('a number on paper waits in the same queue and names nobody', async () => {
    const outletId = await empty()
    expect((await giveTicket(desk(), { outletId })).ticket).toMatchObject({ number: 1, onPaper: true })
    expect((await takeTicket(await somebody(), { outletId })).ticket).toMatchObject({ number: 2, ahead: 1 })
  })

  test('no numbers where there are none to give, outside the hours, and of outlets out of use', async () => {
    const me = await somebody()
    expect(await refusal(takeTicket(me, { outletId: await empty({ hasTickets: false }) }))).toBe(
      'tickets_none',
    )
    const closed = { week: Array.from({ length: 7 }, () => []), holiday: [], exceptions: [] }
    expect(await refusal(takeTicket(me, { outletId: await empty({ hours: closed }) }))).toBe('tickets_closed')
    const gone = await empty({ state: 'closed' })
    expect(await refusal(takeTicket(me, { outletId: gone }))).toBe('not_found')
    expect(await refusal(getOutlet(app.ctx(), { outletId: gone }))).toBe('not_found')
    expect((await listOutlets(app.ctx(), {})).outlets.map(({ id }) => id)).not.toContain(gone)
    expect((await listDeskOutlets(desk())).outlets.map(({ id }) => id)).toContain(gone)
  })

  test('the next day begins at 1; yesterday’s numbers end, on paper or not', async () => {
    const outletId = await empty()
    const me = await somebody()
    const { ticket } = await takeTicket(me, { outletId })
    await giveTicket(desk(), { outletId })
    app.clock.advance(24 * 60 * MINUTE)
    expect((await takeTicket(me, { outletId })).ticket.number).toBe(1)
    expect((await listTickets(me)).tickets).toHaveLength(1)
    await endDays(app.ctx())
    expect((await getTicket(me, { ticketId: ticket.id })).ticket.state).toBe('expired')
    const [left] = await app
      .ctx()
      .db.reader.query<{ n: number }>(
        "SELECT COUNT(*) AS n FROM outlet_ticket WHERE outletId = ? AND day = '2026-11-23' AND state <> 'expired'",
        [outletId],
      )
    expect(Number(left?.n)).toBe(0)
  })

  test('a stranger reads outlets over HTTP, and unknown facts stay unknown', async () => {
    const { outletId } = await buildOutlet(app, { companyId: 'power' })
    const answer = await fetch(`${app.url}/api/outlets.list?companyId=power`)
    const { outlets } = outletsOperations['outlets.list'].output.parse(await answer.json())
    expect(outlets.find(({ id }) => id === outletId)).toMatchObject({
      companyName: '长沙供电',
      access: { 'low-desk': 'yes', ramp: 'no' },
      hasTickets: true,
    })
    expect(outlets[0]?.days).toHaveLength(8)
    expect((await fetch(`${app.url}/api/outlets.list?latE6=38914000`)).status).toBe(422)
  })

  test('a change is based on what was seen, names are once in a company, and a list comes in whole or not at all', async () => {
    const outletId = await empty()
    const facts = outletFacts({ name: `厅${outletId}`, phone: '95777' })
    const save = (basedOn: number) => saveDeskOutlet(desk(), { companyId: 'gas', outletId, basedOn, facts })
    expect((await save(1)).outlet).toMatchObject({ version: 2, phone: '95777' })
    expect(await refusal(save(1))).toBe('outlet_changed')
    expect(
      await refusal(saveDeskOutlet(desk(), { companyId: 'gas', outletId: null, basedOn: 0, facts })),
    ).toBe('invalid_input')

    const more = outletFacts({ name: `新厅${outletId}` })
    const take = (outlets: readonly (typeof facts)[]) =>
      importDeskOutlets(desk(), { companyId: 'gas', outlets })
    expect(await take([facts, { ...more, phone: '1234567' }])).toEqual({ added: 1, changed: 0, same: 1 })
    expect(await take([facts, more])).toEqual({ added: 0, changed: 1, same: 1 })
    const wrong = { ...more.hours, holiday: [{ from: '10:00', to: '09:00' }] }
    expect(
      await refusal(
        take([
          { ...facts, phone: '96000' },
          { ...more, hours: wrong },
        ]),
      ),
    ).toBe('invalid_input')
    expect(await refusal(take([facts, facts]))).toBe('invalid_input')
    expect((await getOutlet(app.ctx(), { outletId })).outlet.phone).toBe('95777')
  })
})

test('the pace is that of the day’s last calls once there are enough, and a break does not count', () => {
  const every = (minutes: number, count: number) =>
    Array.from({ length: count }, (_, index) => MONDAY - index * minutes * MINUTE)
  expect(minutesFor(2, paceOf([], 8))).toBe(24)
  expect(minutesFor(2, paceOf(every(3, 3), 8))).toBe(24)
  expect(minutesFor(2, paceOf(every(3, 6), 8))).toBe(9)
  expect(minutesFor(0, paceOf(every(0.1, 10), 8))).toBe(1)
  const afterLunch = [MONDAY, ...every(3, 5).map((at) => at - 120 * MINUTE)]
  expect(minutesFor(0, paceOf(afterLunch, 8))).toBe(3)
})
