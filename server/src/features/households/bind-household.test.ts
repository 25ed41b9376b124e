import { DAY_MS } from '../../core/clock'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { bindHousehold } from './bind-household'
import { ANNA, BERT, bindInput, outcomeOf, saveHousehold } from './households.fixture'
import { listHouseholds } from './list-households'

const resident = (index: number): string => `01JDRES${String(index).padStart(19, '0')}`

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const rows = <Row>(sql: string): Promise<Row[]> => app.ctx().db.reader.query<Row>(sql)
  const bind = (who: string, accountNo: string, tail: string, clientId?: string) =>
    bindHousehold(app.asResident(who), bindInput(accountNo, tail, clientId))

  test('the number and the last four digits of the phone on file bind a household, shown whole but for the owner', async () => {
    const id = await saveHousehold(app, '0008800011')
    const household = await bind(ANNA, '0008800011', '2298')
    expect(household).toEqual({
      id,
      companyId: 'gas',
      companyName: '鹏燃燃气',
      kind: 'gas',
      accountNo: '0008800011',
      accountNoMasked: '000****011',
      ownerNameMasked: '沈*宇',
      address: '福田区香蜜湖花园9栋1655',
      shortAddress: '香蜜湖花园 9-1655',
      supply: '调压站5',
      role: 'family',
      isDefault: true,
      boundAt: app.clock.now(),
    })
    await saveHousehold(app, '0008800012')
    expect(await bind(ANNA, '0008800012', '2298')).toMatchObject({ isDefault: false })
    expect(await bind(BERT, '0008800011', '2298')).toMatchObject({ id, isDefault: true })
  })

  test('a wrong proof, a number nobody has, a number of another length and a household without a phone are refused alike', async () => {
    await saveHousehold(app, '0008800011')
    await saveHousehold(app, '0008800012', { phone: null })
    const answers = await Promise.all(
      [
        ['0008800011', '0000'],
        ['9999999999', '2298'],
        ['12345', '2298'],
        ['0008800012', '0000'],
      ].map(async ([accountNo = '', tail = ''], index) => {
        const error: unknown = await bind(resident(index), accountNo, tail).catch((thrown: unknown) => thrown)
        return error instanceof Error ? { ...error, message: error.message } : error
      }),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ code: 'bind_refused' })
    expect(await rows<{ count: number }>('SELECT COUNT(*) AS count FROM bind_guard')).toEqual([{ count: 4 }])
    expect(
      await rows<{ count: number }>(
        `SELECT COUNT(*) AS count FROM audit_log WHERE action = 'households.bind-refused'`,
      ),
    ).toEqual([{ count: 4 }])
  })

  test('five tries a day per resident, by the Shanghai day', async () => {
    for (let index = 0; index < 5; index++) {
      expect(await outcomeOf(bind(ANNA, `000880010${index}`, '0000'))).toBe('bind_refused')
    }
    await saveHousehold(app, '0008800011')
    expect(await outcomeOf(bind(ANNA, '0008800011', '2298'))).toBe('bind_locked')
    expect(await outcomeOf(bind(BERT, '0008800011', '2298'))).toBe('done')
    app.clock.set(Date.UTC(2026, 10, 22, 16, 0, 0))
    expect(await outcomeOf(bind(ANNA, '0008800011', '2298'))).toBe('done')
  })

  test.each([
    ['a household', '0008800011'],
    ['a number nobody has', '0008800099'],
  ])(
    'three wrong proofs in a day lock %s for 24 hours, for everybody and for the right proof too',
    async (_name, accountNo) => {
      await saveHousehold(app, '0008800011')
      for (let index = 0; index < 3; index++) await outcomeOf(bind(resident(index), accountNo, '0000'))
      expect(await outcomeOf(bind(BERT, accountNo, '2298'))).toBe('bind_locked')
      app.clock.advance(DAY_MS - 1000)
      expect(await outcomeOf(bind(BERT, accountNo, '2298'))).toBe('bind_locked')
      app.clock.advance(1000)
      expect(await outcomeOf(bind(BERT, accountNo, '2298'))).toBe(
        accountNo === '0008800011' ? 'done' : 'bind_refused',
      )
      expect(
        await rows<{ count: number }>(
          `SELECT COUNT(*) AS count FROM audit_log WHERE action = 'households.bind-locked'`,
        ),
      ).toEqual([{ count: 1 }])
    },
  )

  test('thirty guesses at the same moment are still three guesses', async () => {
    await saveHousehold(app, '0008800011')
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        outcomeOf(bind(resident(index), '0008800011', String(1000 + index))),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'bind_refused')).toHaveLength(3)
    expect(outcomes.filter((outcome) => outcome === 'bind_locked')).toHaveLength(27)
  })

  test('the same client id gives the first answer again, costs no further try, and conflicts with other content', async () => {
    await saveHousehold(app, '0008800011')
    const clientId = 'client-id-repeated-1'
    const first = await bind(ANNA, '0008800011', '2298', clientId)
    expect(await bind(ANNA, '0008800011', '2298', clientId)).toEqual(first)
    expect(await outcomeOf(bind(ANNA, '0008800012', '2298', clientId))).toBe('idempotency_conflict')
    expect(await outcomeOf(bind(BERT, '0008800012', '2298', clientId))).toBe('bind_refused')
    expect(await outcomeOf(bind(BERT, '0008800012', '2298', clientId))).toBe('bind_refused')
    expect(await rows('SELECT tries FROM bind_holder ORDER BY tries')).toEqual([{ tries: 1 }, { tries: 1 }])
  })

  test('ten taps at the same moment make one binding and one default', async () => {
    await saveHousehold(app, '0008800011')
    await saveHousehold(app, '0008800012')
    const taps = Array.from({ length: 10 }, (_, index) =>
      outcomeOf(
        bind(ANNA, index % 2 === 0 ? '0008800011' : '0008800012', '2298', `client-id-tapped-${index % 2}`),
      ),
    )
    expect(new Set(await Promise.all(taps))).toEqual(new Set(['done']))
    expect(await rows('SELECT SUM(isDefault) AS defaults, COUNT(*) AS count FROM binding')).toMatchObject([
      { count: 2 },
    ])
    expect((await listHouseholds(app.asResident(ANNA))).map(({ isDefault }) => isDefault)).toEqual([
      true,
      false,
    ])
  })

  test('a household bound already stays bound once', async () => {
    await saveHousehold(app, '0008800011')
    await bind(ANNA, '0008800011', '2298')
    await bind(ANNA, '0008800011', '2298')
    expect(await listHouseholds(app.asResident(ANNA))).toHaveLength(1)
  })

  test('nobody binds more households than the limit', async () => {
    await app.close()
    app = await startApp({ engine, config: { limits: { householdsPerResident: 2 } } })
    for (const accountNo of ['0008800011', '0008800012', '0008800013']) await saveHousehold(app, accountNo)
    await bind(ANNA, '0008800011', '2298')
    await bind(ANNA, '0008800012', '2298')
    expect(await outcomeOf(bind(ANNA, '0008800013', '2298'))).toBe('household_limit')
  })

  test('a company that the configuration does not know is not found', async () => {
    const input = { ...bindInput('0008800011', '2298'), companyId: 'steam' }
    expect(await outcomeOf(bindHousehold(app.asResident(ANNA), input))).toBe('not_found')
  })

  test('no name and no phone number lies readable in any table, audit included', async () => {
    await saveHousehold(app, '0008800011', { ownerName: '金丝雀名', phone: '13999997777' })
    await bind(ANNA, '0008800011', '7777')
    await outcomeOf(bind(BERT, '0008800011', '0000'))
    for (const table of [
      'household',
      'area',
      'binding',
      'bind_attempt',
      'bind_guard',
      'bind_holder',
      'audit_log',
      'job',
    ]) {
      const text = JSON.stringify(await rows(`SELECT * FROM ${table}`))
      expect(text).not.toMatch(/金丝雀|13999997777|99997777/)
    }
  })
})
