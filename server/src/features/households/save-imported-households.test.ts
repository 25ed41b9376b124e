import { shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { parseAddress } from './address'
import { bindHousehold } from './bind-household'
import type { AreaRow } from './entities'
import { ANNA, bindInput, outcomeOf, saveHousehold } from './households.fixture'
import { historyFrom } from './history'
import { listHouseholds } from './list-households'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const areas = () => app.ctx().db.reader.query<AreaRow>('SELECT * FROM area ORDER BY tree, fullName')
  const canBind = (accountNo: string, tail: string) =>
    outcomeOf(bindHousehold(app.asResident(ANNA), bindInput(accountNo, tail)))

  test('a household hangs in two trees, whose knots are shared and know what is below them', async () => {
    await saveHousehold(app, '0008800011')
    await saveHousehold(app, '0008800012', { place: parseAddress('福田区香蜜湖花园9栋3单元12') })
    const rows = await areas()
    expect(rows.map(({ tree, kind, fullName }) => `${tree} ${kind} ${fullName}`)).toEqual([
      'place district 福田区',
      'place community 福田区/香蜜湖花园',
      'place building 福田区/香蜜湖花园/9栋',
      'place unit 福田区/香蜜湖花园/9栋/3单元',
      'supply gas-station 调压站5',
    ])
    const [district, , , unit] = rows
    expect(unit?.path.startsWith(district?.path ?? 'none')).toBe(true)
    expect(unit?.path.split('/')).toHaveLength(5)
  })

  test('what an import repeats is not written again; what it changes is', async () => {
    const id = await saveHousehold(app, '0008800011')
    app.clock.advance(1000)
    expect(await saveHousehold(app, '0008800011')).toBe(id)
    const updatedAt = () => app.ctx().db.reader.query('SELECT createdAt, updatedAt FROM household')
    expect(await updatedAt()).toEqual([
      { createdAt: app.clock.now() - 1000, updatedAt: app.clock.now() - 1000 },
    ])
    await saveHousehold(app, '0008800011', { place: parseAddress('福田区莲花北村1栋2'), ownerName: '𠮷田静' })
    await canBind('0008800011', '2298')
    expect(await updatedAt()).toEqual([{ createdAt: app.clock.now() - 1000, updatedAt: app.clock.now() }])
    expect(await listHouseholds(app.asResident(ANNA))).toMatchObject([
      { id, shortAddress: '莲花北村 1-2', ownerNameMasked: '𠮷*静' },
    ])
  })

  test('an export without a number keeps the phone on file while the owner is the same, and drops it with the owner', async () => {
    await saveHousehold(app, '0008800011')
    await saveHousehold(app, '0008800011', { phone: null })
    expect(await canBind('0008800011', '2298')).toBe('done')
    await saveHousehold(app, '0008800012')
    await saveHousehold(app, '0008800012', { phone: null, ownerName: '新户主' })
    expect(await canBind('0008800012', '2298')).toBe('bind_refused')
  })

  test('an owner of another name is a change of holder from today on; another spelling is none', async () => {
    const id = await saveHousehold(app, '0008800011')
    await canBind('0008800011', '2298')
    const since = async () => (await historyFrom(app.ctx(), ANNA, [id])).get(id)?.heldFrom ?? 'not bound'
    for (const ownerName of ['沈 红宇', '沈*宇', '']) await saveHousehold(app, '0008800011', { ownerName })
    expect(await since()).toBe(0)
    await saveHousehold(app, '0008800011')
    expect(await since()).toBe(0)
    await saveHousehold(app, '0008800011', { ownerName: '新户主', phone: '13900001111' })
    expect(await since()).toBe('not bound')
    expect(await canBind('0008800011', '2298')).toBe('bind_refused')
    expect(await canBind('0008800011', '1111')).toBe('done')
    expect(await since()).toBe(shanghaiDayStart(shanghaiDay(app.clock.now())))
  })

  test('what a company corrected of a name, a number or an address can be proven later, and is nowhere to be read', async () => {
    const id = await saveHousehold(app, '0008800011')
    await saveHousehold(app, '0008800011', {
      supply: { kind: 'gas-station', name: '调压站6', contact: null },
    })
    const audits = () =>
      app
        .ctx()
        .db.reader.query<{ detail: string }>(
          "SELECT detail FROM audit_log WHERE action = 'households.correct' AND object = ?",
          [`household:${id}`],
        )
    expect(await audits()).toEqual([])
    await saveHousehold(app, '0008800011', {
      place: parseAddress('福田区莲花北村1栋2'),
      phone: '13900001111',
    })
    const [row, ...others] = await audits()
    expect(others).toEqual([])
    const { before, after } = JSON.parse(row?.detail ?? '{}') as Record<string, Record<string, string>>
    const { vault } = app.ctx()
    expect(before).toEqual({
      phone: vault.index('household-phone', '17903412298'),
      address: vault.index('household-address', '香蜜湖花园 福田区香蜜湖花园9栋1655'),
    })
    expect(Object.keys(after ?? {})).toEqual(['phone', 'address'])
    expect(row?.detail).not.toMatch(/香蜜湖|莲花|2298|1111/)
  })

  test('texts longer than any column are cut, never refused by the database', async () => {
    const long = '𠮷'.repeat(300)
    await saveHousehold(app, '0008800011', {
      ownerName: long,
      place: { district: long, community: long, building: long, unit: long, room: long },
      supply: { kind: 'gas-station', name: long, contact: { name: long, phone: long } },
    })
    expect(await areas()).toHaveLength(5)
  })
})
