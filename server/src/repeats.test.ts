import { inTransaction } from './core/db/database'
import { sha256 } from './core/ids'
import { features } from './features'
import { sessionTable } from './features/identity/entities'
import { AppError } from './core/errors'
import { paperRepeats } from './testing/build-paid'
import { privacyRepeats } from './testing/build-privacy'
import { buildBill, buildHousehold, buildResident } from './testing/factories'
import { buildMetered } from './testing/build-reading'
import { countRows, type CutNetwork, cutNetwork, sendThroughCuts } from './testing/cut-network'
import { chatRepeats } from './testing/chat-repeats'
import { fakePlatforms } from './testing/fake-platforms'
import { FakeWallet } from './testing/fake-wallet'
import { eachEngine, startApp, type TestApp } from './testing/harness'
import { buildOutlet } from './testing/build-outlet'
import { familyRepeats } from './testing/build-family'
import { heatRepeats } from './testing/heat-repeats'
import { messageRepeats } from './testing/message-repeats'
import { invoiceRepeats } from './testing/invoice-repeats'
import { scanRepeats } from './testing/scan-repeats'
import { facts } from './features/households/households.fixture'
import { visitSlotTable } from './features/appointments/entities'
import { makeBindCode } from './features/staff/make-bind-code'
import { buildAccount } from './features/staff/test-office'
import { publishArticle } from './features/knowledge/test-articles'
import { makeToken } from './features/codes/code-token'
import { makeCode } from './features/codes/make-code'
import { createRequest } from './features/requests/create-request'
import { newRequest, TEST_CATALOGUE } from './features/requests/test-catalogue'
import { catalogueVersionTable } from './features/catalogue/entities'
import { saveImportedHouseholds } from './features/households/save-imported-households'

const writes = features
  .flatMap((feature) => feature.routes)
  // What a client sends by itself every few seconds is no act.
  .filter(
    ({ operation }) => operation.method === 'POST' && operation.auth === 'resident' && !operation.isPulse,
  )

interface Case {
  readonly input: Record<string, unknown>
  /** The same operation with another content; none where there is nothing to say. */
  readonly other?: Record<string, unknown>
}

eachEngine((engine) => {
  let app: TestApp
  const usedCodes = new Set<string>()
  let numbers = 0
  beforeAll(async () => {
    const fakes = fakePlatforms()
    // The wallet takes a code once, so a repeat that ran again could not answer the same.
    const phone = {
      phone: async (code: string) => {
        if (usedCodes.has(code)) throw new AppError('phone_code_invalid')
        usedCodes.add(code)
        return `138${String(10_000_000 + usedCodes.size)}`
      },
    }
    app = await startApp({
      engine,
      // All of them come from one address.
      config: { limits: { perIp: { limit: 100_000, windowMs: 60_000 } } },
      platforms: {
        phones: { wechat: phone, alipay: phone },
        payments: { ...fakes.payments, wechat: new FakeWallet('wechat', () => app.clock.now()) },
      },
    })
  })
  beforeAll(() =>
    inTransaction(app.ctx(), (tx) =>
      tx.insert(catalogueVersionTable, {
        companyId: 'heating',
        version: 1,
        body: JSON.stringify(TEST_CATALOGUE),
        note: '测试',
        byId: null,
        byName: null,
        createdAt: 0,
      }),
    ),
  )
  let network: CutNetwork
  beforeAll(async () => {
    network = await cutNetwork(app.url)
  })
  afterAll(() => network.close())
  afterAll(() => app.close())

  async function signIn(): Promise<{ id: string; token: string }> {
    const { id } = await buildResident(app)
    const ctx = app.ctx()
    const token = ctx.ids.token(16)
    const now = ctx.clock.now()
    const [identity] = await ctx.db.reader.query<{ id: string }>(
      "SELECT id FROM resident_identity WHERE residentId = ? AND provider = 'wechat-mini'",
      [id],
    )
    await inTransaction(ctx, (tx) =>
      tx.insert(sessionTable, {
        id: ctx.ids.next(),
        tokenHash: sha256(token),
        residentId: id,
        identityId: identity?.id ?? null,
        channel: 'wechat-mini',
        createdAt: now,
        lastSeenAt: now,
        expiresAt: now + 86_400_000,
        endedAt: null,
      }),
    )
    return { id, token }
  }

  async function call(name: string, token: string, clientId: string, input: object, url = app.url) {
    const answer = await fetch(`${url}/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ ...input, clientId }),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const conflict = { status: 409, body: { error: { code: 'idempotency_conflict' } } }

  async function start(who: { id: string; token: string }): Promise<{ id: string; input: object }> {
    const bill = await buildBill(app, await buildHousehold(app, { members: [who.id] }))
    const input = { billIds: [bill.id], product: 'wechat-mini', shownTotalFen: bill.amountFen }
    const { body } = await call('payments.start', who.token, `start-${bill.id}`, input)
    return { id: (body['payment'] as { id: string }).id, input }
  }

  const home = async (id: string) => ({ householdId: (await buildHousehold(app, { members: [id] })).id })
  const code = () => ({ provider: 'wechat', code: `code-${app.ctx().ids.next()}` })
  const consent = (granted: boolean) => ({
    purpose: 'privacy-policy',
    version: '1',
    textSha256: 'a'.repeat(64),
    granted,
    clientVersion: '1',
  })
  /** A request of this resident's, or of a neighbour's in the open; `state` is written as it stands. */
  const request = async (residentId: string | null, state = 'submitted'): Promise<{ requestId: string }> => {
    const ctx = app.ctx()
    const place = residentId === null ? { latE6: 38_914_000, lngE6: 121_614_000, words: '' } : null
    const { row } = await inTransaction(ctx, (tx) =>
      createRequest(tx, ctx, newRequest({ residentId, place })),
    )
    await inTransaction(ctx, (tx) =>
      tx.execute('UPDATE request SET state = ?, reopenUntil = ? WHERE id = ?', [
        state,
        app.clock.now() + 1000,
        row.id,
      ]),
    )
    return { requestId: row.id }
  }
  const said = { words: '还有一句' }
  const onRequests: Record<string, (who: { id: string }) => Promise<Case> | Case> = {
    'requests.submit': () => {
      const form = { companyId: 'heating', typeId: 'cold', catalogueVersion: 1, words: '不热', answers: {} }
      return { input: form, other: { ...form, words: '很冷' } }
    },
    'requests.follow': async () => {
      const theirs = await request(null)
      return { input: { ...theirs, follow: true }, other: { ...theirs, follow: false } }
    },
    'requests.add': async ({ id }) => {
      const mine = await request(id)
      return { input: { ...mine, ...said }, other: { ...mine, words: '别的话' } }
    },
    'requests.urge': async ({ id }) => ({ input: await request(id), other: await request(id) }),
    'requests.cancel': async ({ id }) => {
      const mine = await request(id)
      return { input: { ...mine, reason: '不用了' }, other: { ...mine, reason: '修好了' } }
    },
    'requests.rate': async ({ id }) => {
      const mine = await request(id, 'resolved')
      return {
        input: { ...mine, stars: 5, outcome: 'solved' },
        other: { ...mine, stars: 4, outcome: 'solved' },
      }
    },
    'knowledge.rate': async () => {
      const { articleId } = await publishArticle(app)
      return { input: { articleId, helpful: true }, other: { articleId, helpful: false } }
    },
    'requests.reopen': async ({ id }) => {
      const mine = await request(id, 'resolved')
      return { input: { ...mine, ...said }, other: { ...mine, words: '别的话' } }
    },
    'requests.changeAppointment': async ({ id }) => ({
      input: { ...(await request(id)), holdId: null },
      other: { ...(await request(id)), holdId: null },
    }),
    'requests.answerSurvey': async ({ id }) => {
      const mine = await request(id, 'resolved')
      const answer = { ...mine, stillGood: true }
      return { input: { ...answer, noMoreSurveys: false }, other: { ...answer, noMoreSurveys: true } }
    },
  }
  /** A free time next week, held by nobody. */
  const freeSlot = async (): Promise<{ slotId: string; typeId: string }> => {
    const ctx = app.ctx()
    const slotId = ctx.ids.next()
    const startsAt = app.clock.now() + 7 * 86_400_000
    await inTransaction(ctx, (tx) =>
      tx.insert(visitSlotTable, {
        id: slotId,
        companyId: 'heating',
        teamId: slotId,
        day: '2026-11-29',
        fromMinute: 540,
        toMinute: 660,
        startsAt,
        endsAt: startsAt + 7_200_000,
        capacity: 5,
        used: 0,
      }),
    )
    return { slotId, typeId: 'cold' }
  }
  const bindCode = async (): Promise<{ code: string }> => {
    const { id } = await buildAccount(app, { loginName: `w${app.ctx().ids.next().toLowerCase().slice(-20)}` })
    return { code: (await makeBindCode(app.asStaff(id), { staffId: id })).code }
  }
  const atWork: Record<string, () => Promise<Case> | Case> = {
    'slots.hold': async () => ({ input: await freeSlot(), other: await freeSlot() }),
    'slots.release': () => ({
      input: { holdId: app.ctx().ids.next() },
      other: { holdId: app.ctx().ids.next() },
    }),
    'staff.bindWallet': async () => ({ input: await bindCode(), other: await bindCode() }),
  }
  /** The token of the printed code of a household with a phone on file. */
  const printed = async (): Promise<{ token: string }> => {
    const ctx = app.ctx()
    const accountNo = `78${ctx.ids.token(4).replaceAll(/\D/g, '0')}`
    const code = await inTransaction(ctx, async (tx) => {
      const saved = await saveImportedHouseholds(tx, ctx, 'gas', new Map([[accountNo, facts()]]), new Map())
      return makeCode(tx, ctx, { id: saved.get(accountNo) ?? '', companyId: 'gas' }, 'system')
    })
    return { token: makeToken(ctx, code) }
  }
  const onCodes: Record<string, () => Promise<Case>> = {
    'codes.visit': async () => ({ input: await printed(), other: await printed() }),
    'codes.bind': async () => {
      const code = await printed()
      const proof = (value: string) => ({ ...code, proof: { kind: 'phone-tail', value } })
      return { input: proof('2298'), other: proof('0000') }
    },
    'codes.sendBindCode': async () => ({ input: await printed(), other: await printed() }),
  }
  const cases: Record<string, (who: { id: string; token: string }) => Promise<Case> | Case> = {
    ...onRequests,
    ...heatRepeats(() => app),
    ...invoiceRepeats(() => app),
    ...familyRepeats(() => app),
    ...onCodes,
    'readings.submit': async ({ id }) => {
      const { id: householdId } = await buildMetered(app, [id])
      return { input: { householdId, value: '3070' }, other: { householdId, value: '3071' } }
    },
    ...chatRepeats(() => app),
    ...scanRepeats(() => app),
    ...paperRepeats(() => app),
    ...privacyRepeats(() => app),
    'outlets.takeTicket': async () => {
      const outlet = async () => ({ outletId: (await buildOutlet(app, { companyId: 'gas' })).outletId })
      return { input: await outlet(), other: await outlet() }
    },
    'outlets.cancelTicket': async ({ id }) => {
      const held = async () => ({
        ticketId: (await buildOutlet(app, { companyId: 'gas', residentId: id })).ticketId,
      })
      return { input: await held(), other: await held() }
    },
    ...messageRepeats(() => app),
    ...atWork,
    'sessions.end': () => ({ input: {} }),
    'sessions.endAll': () => ({ input: {} }),
    'residents.linkPhone': () => ({ input: code(), other: code() }),
    'residents.saveSettings': () => ({ input: { elderMode: true }, other: { elderMode: false } }),
    'consents.record': () => ({ input: consent(true), other: consent(false) }),
    'households.bind': async () => {
      const accountNo = `77${String(usedCodes.size).padStart(8, '0')}`
      const ctx = app.ctx()
      await inTransaction(ctx, (tx) =>
        saveImportedHouseholds(tx, ctx, 'gas', new Map([[accountNo, facts()]]), new Map()),
      )
      const proof = (value: string) => ({ companyId: 'gas', accountNo, proof: { kind: 'phone-tail', value } })
      return { input: proof('2298'), other: proof('0000') }
    },
    'households.sendBindCode': () => {
      // A number of its own each time: one number is sent a code once a minute.
      const number = () => ({ companyId: 'gas', accountNo: `0008${String(++numbers).padStart(6, '0')}` })
      return { input: number(), other: number() }
    },
    'households.unbind': async ({ id }) => ({ input: await home(id), other: await home(id) }),
    'households.setDefault': async ({ id }) => ({ input: await home(id), other: await home(id) }),
    'payments.start': async (who) => {
      const { input } = await start(who)
      await inTransaction(app.ctx(), (tx) => tx.execute("UPDATE payment SET state = 'closed'"))
      await inTransaction(app.ctx(), (tx) => tx.execute('UPDATE bill SET heldByPaymentId = NULL'))
      return { input: { ...input }, other: { ...input, product: 'wechat-oa' } }
    },
    'payments.cancel': async (who) => ({
      input: { paymentId: (await start(who)).id },
      other: { paymentId: app.ctx().ids.next() },
    }),
    'messages.markRead': () => ({
      input: { upToMessageId: app.ctx().ids.next() },
      other: { upToMessageId: app.ctx().ids.next() },
    }),
    'messages.recordSubscription': () => {
      const said = (answer: string) => ({
        channel: 'wechat-mini',
        answers: [{ templateId: 'x', answer }],
      })
      return { input: said('accept'), other: said('reject') }
    },
  }

  test('every write of a resident’s takes a client id, and has a case here or only asks', () => {
    for (const { name, operation } of writes) {
      const schema = JSON.stringify(operation.input.toJSONSchema({ io: 'input' }))
      expect([name, schema.includes('"clientId"')]).toEqual([name, true])
    }
    expect(Object.keys(cases).sort()).toEqual(
      writes
        .map(({ name }) => name)
        .filter((name) => name !== 'payments.check')
        .sort(),
    )
  })

  test.each(Object.keys(cases).filter((name) => !/^sessions\.end(All)?$/.test(name)))(
    '%s: the same id again gives the same answer; with other content it is refused',
    async (name) => {
      const who = await signIn()
      const { input, other = {} } = (await cases[name]?.(who)) ?? { input: {} }
      const clientId = `repeat-${app.ctx().ids.next()}`
      const first = await call(name, who.token, clientId, input)
      expect(first).toMatchObject({ status: 200 })
      expect(await call(name, who.token, clientId, input)).toEqual(first)
      // A message is kept under its own id, and whatever comes under it later is that message; an act without input has
      // no other content.
      const isSame = name === 'chat.send' || Object.keys(input).length === 0
      const again = await call(name, who.token, clientId, other)
      expect(again).toMatchObject(isSame ? first : conflict)
      expect(await call(name, who.token, clientId, input)).toEqual(first)
    },
  )

  const tables = [...features.flatMap((feature) => feature.tables.map(({ name }) => name)), 'audit_log']
  test.each(Object.keys(cases).filter((name) => !/^sessions\.end(All)?$/.test(name)))(
    '%s: cut before it arrives nothing is done; so slow that it meets its repeat, and cut before its answer, it is done once',
    async (name) => {
      const who = await signIn()
      const { input } = (await cases[name]?.(who)) ?? { input: {} }
      const clientId = `cut-${app.ctx().ids.next()}`
      const send = () => call(name, who.token, clientId, input, network.url)
      const found = await sendThroughCuts(network, send, () => countRows(app.ctx().db.reader, tables))
      const { answers, ...rows } = found
      expect({ ...rows, status: answers[0]?.status }).toEqual({ untouched: true, twice: false, status: 200 })
      expect(answers[1]).toEqual(answers[0])
    },
  )

  test.each(['sessions.end', 'sessions.endAll'])(
    '%s: the id of another act is refused and the session stays; a repeat finds nobody signed in',
    async (name) => {
      const who = await signIn()
      const clientId = `repeat-${app.ctx().ids.next()}`
      await call('residents.saveSettings', who.token, clientId, { elderMode: true })
      expect(await call(name, who.token, clientId, {})).toMatchObject(conflict)
      const mine = `repeat-${app.ctx().ids.next()}`
      expect(await call(name, who.token, mine, {})).toEqual({ status: 200, body: { done: true } })
      expect(await call(name, who.token, mine, {})).toMatchObject({ status: 401 })
    },
  )

  test('a phone that joins two people into one answers the same when the proof is sent again', async () => {
    const earlier = await signIn()
    const later = await signIn()
    const phone = code()
    await call('residents.linkPhone', earlier.token, `join-${earlier.id}`, phone)
    usedCodes.delete(phone.code)
    const clientId = `join-${later.id}`
    const joined = await call('residents.linkPhone', later.token, clientId, phone)
    expect(joined).toMatchObject({ status: 200 })
    expect(await call('residents.linkPhone', later.token, clientId, phone)).toEqual(joined)
  })
})
