import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { bindHousehold } from './bind-household'
import { assertBound, householdsByIds, householdsOf } from './bound-households'
import { ANNA, BERT, bindInput, outcomeOf, saveHousehold } from './households.fixture'
import { listHouseholds } from './list-households'
import { listMembers } from './list-members'
import { setDefaultHousehold } from './set-default-household'
import { unbindHousehold } from './unbind-household'

eachEngine((engine) => {
  let app: TestApp
  let first: string
  let second: string
  beforeEach(async () => {
    app = await startApp({ engine })
    first = await saveHousehold(app, '0008800011')
    second = await saveHousehold(app, '0008800012')
    for (const accountNo of ['0008800011', '0008800012']) {
      await bindHousehold(app.asResident(ANNA), bindInput(accountNo, '2298'))
      app.clock.advance(1000)
    }
  })
  afterEach(() => app.close())

  const listed = async (who: string) =>
    (await listHouseholds(app.asResident(who))).map(({ id, isDefault }) => ({ id, isDefault }))

  test('the default household comes first, and another can take its place', async () => {
    expect(await listed(ANNA)).toEqual([
      { id: first, isDefault: true },
      { id: second, isDefault: false },
    ])
    await setDefaultHousehold(app.asResident(ANNA), { householdId: second })
    expect(await listed(ANNA)).toEqual([
      { id: second, isDefault: true },
      { id: first, isDefault: false },
    ])
  })

  test('unbinding takes effect at once, hands the default on, and leaves the household itself alone (F52)', async () => {
    await unbindHousehold(app.asResident(ANNA), { householdId: first })
    expect(await listed(ANNA)).toEqual([{ id: second, isDefault: true }])
    expect(await outcomeOf(assertBound(app.ctx(), ANNA, [first]))).toBe('not_found')
    expect((await householdsByIds(app.ctx().db.reader, [first])).get(first)).toMatchObject({
      accountNo: '0008800011',
    })
    await bindHousehold(app.asResident(ANNA), bindInput('0008800011', '2298'))
    expect(await listed(ANNA)).toHaveLength(2)
    expect(await app.ctx().db.reader.query('SELECT id FROM binding')).toHaveLength(3)
  })

  test('what somebody else bound can be neither unbound nor made the default nor looked into', async () => {
    const bert = app.asResident(BERT)
    expect(await outcomeOf(unbindHousehold(bert, { householdId: first }))).toBe('not_found')
    expect(await outcomeOf(setDefaultHousehold(bert, { householdId: first }))).toBe('not_found')
    expect(await outcomeOf(listMembers(bert, { householdId: first }))).toBe('not_found')
    expect(await listHouseholds(bert)).toEqual([])
  })

  test('bound means all of them: one foreign household among several is not found', async () => {
    const ctx = app.ctx()
    expect(await outcomeOf(assertBound(ctx, ANNA, [first, second, first]))).toBe('done')
    expect(await outcomeOf(assertBound(ctx, BERT, [first]))).toBe('not_found')
    await bindHousehold(app.asResident(BERT), bindInput('0008800011', '2298'))
    expect(await outcomeOf(assertBound(ctx, BERT, [first, second]))).toBe('not_found')
  })

  test('members of a household see each other without names, and themselves marked', async () => {
    await bindHousehold(app.asResident(BERT), { ...bindInput('0008800011', '2298'), role: 'tenant' })
    const seenBy = (id: string) => listMembers(app.asResident(id), { householdId: first })
    expect(await seenBy(ANNA)).toMatchObject([
      { role: 'family', isMe: true, phoneMasked: null },
      { role: 'tenant', isMe: false, phoneMasked: null },
    ])
    // Who else lives there is none of a tenant's business.
    expect(await seenBy(BERT)).toMatchObject([{ role: 'tenant', isMe: true }])
  })

  test('other features get summaries in the order of the list, the default first', async () => {
    await setDefaultHousehold(app.asResident(ANNA), { householdId: second })
    const summaries = await householdsOf(app.ctx(), ANNA)
    expect(summaries).toMatchObject([
      { id: second, companyId: 'gas', accountNoMasked: '000****012', shortAddress: '香蜜湖花园 9-1655' },
      { id: first },
    ])
    expect(await householdsOf(app.ctx(), BERT)).toEqual([])
  })

  test('over HTTP a stranger gets 401, and the answers keep the contract', async () => {
    const answer = await fetch(`${app.url}/api/households.list`)
    expect(answer.status).toBe(401)
  })
})
