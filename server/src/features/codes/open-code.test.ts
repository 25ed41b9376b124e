import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildNotice } from '../notices/fan-out.fixture'
import { makeToken } from './code-token'
import { makeCode, makeCodes } from './make-code'
import { revokeCodes } from './revoke-codes'
import { codesOperations, type CodePage } from './schema'
import { activeCodesOf } from './store'
import { ask, codedHousehold, rowsOf } from './test-codes'

const NOBODY = { id: '01JDHOME00000000000000000A', companyId: 'gas' }

/** Every piece of text and every number in an answer, with the path to it. */
function leavesOf(value: unknown, path = ''): [string, string][] {
  if (value === null || typeof value !== 'object') return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, below]) => leavesOf(below, `${path}.${key}`))
}

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const open = (token: string, device?: string) =>
    ask(app, 'codes.open', { token }, device === undefined ? {} : { device })
  async function pageOf(token: string): Promise<CodePage> {
    const answer = codesOperations['codes.open'].output.parse((await open(token)).body)
    if (answer.state !== 'active') throw new Error('the code is not active')
    return answer.page
  }

  test('whoever scans reads the company, the masked household, what is owed as of when, and what may be done', async () => {
    const { token, householdId } = await codedHousehold(app)
    const [bill] = await rowsOf<{ id: string }>(app, 'SELECT id FROM bill WHERE householdId = ?', [
      householdId,
    ])
    expect(await pageOf(token)).toEqual({
      companyId: 'gas',
      companyName: '鹏燃燃气',
      kind: 'gas',
      hotline: '95777',
      ownerNameMasked: '沈*宇',
      addressMasked: '福田区香蜜湖花园*栋***',
      accountNoMasked: expect.stringMatching(/^\d{3}\*{4}\d{3}$/),
      owedFen: 8525,
      unknownReason: null,
      asOf: app.clock.now(),
      bills: [
        { id: bill?.id, title: '2026年10月燃气费', period: '2026-10', owedFen: 8525, dueOn: '2026-11-20' },
      ],
      notices: [],
      may: { pay: ['wechat', 'alipay'], readMeter: true },
    })
  })

  test('nothing in the anonymous answer is unmasked, field by field', async () => {
    const clear = {
      户名: '欧阳锦秋',
      联系电话: '13987654321',
      用气地址: '福田区香蜜湖花园39栋7单元2708',
      表号: 'GM8812345678',
    }
    const { token, accountNo, householdId } = await codedHousehold(app, clear)
    await buildNotice(app, { householdIds: [householdId], row: { companyId: 'gas' } })
    const page = await pageOf(token)
    expect(page.notices).toHaveLength(1)
    const leaves = leavesOf(page)
    // The walk reaches every field that the schema has.
    expect(new Set(leaves.map(([path]) => path.replaceAll(/\.\d+/g, '[]')))).toEqual(
      new Set(
        [
          '.companyId .companyName .kind .hotline .ownerNameMasked .addressMasked .accountNoMasked .owedFen',
          '.unknownReason .asOf .bills[].id .bills[].title .bills[].period .bills[].owedFen .bills[].dueOn',
          '.notices[].id .notices[].title .notices[].stateName .notices[].shown .notices[].isLate',
          '.notices[].from .notices[].to',
          '.may.pay[] .may.readMeter',
        ].flatMap((line) => line.split(' ')),
      ),
    )
    const secrets: readonly (string | RegExp)[] = [
      ...Object.values(clear),
      '欧阳',
      '锦秋',
      accountNo,
      accountNo.slice(-4),
      householdId,
      '4321',
      '39栋',
      '7单元',
      '2708',
      /\d{11}/,
    ]
    // Ids are made at random and may hold four digits in a row by chance; what they are is their form.
    for (const [path, text] of leaves.filter(([at]) => !/\.id$|\.(asOf|from|to)$/.test(at)))
      for (const secret of secrets)
        expect([path, typeof secret === 'string' ? text.includes(secret) : secret.test(text)]).toEqual([
          path,
          false,
        ])
    for (const [path, text] of leaves.filter(([at]) => at.endsWith('.id')))
      expect([path, text]).toEqual([path, expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/)])
    expect(page).toMatchObject({ ownerNameMasked: '欧**秋', addressMasked: '福田区香蜜湖花园*栋*单元***' })
  })

  test('nothing owed is said as nothing with its time; a figure that is too old is unknown and never 0', async () => {
    const { token, householdId } = await codedHousehold(app)
    await inTransaction(app.ctx(), (tx) =>
      tx.execute("UPDATE bill SET state = 'paid', paidFen = amountFen WHERE householdId = ?", [householdId]),
    )
    expect(await pageOf(token)).toMatchObject({
      owedFen: 0,
      unknownReason: null,
      asOf: app.clock.now(),
      bills: [],
    })
    const hours = app.config.companies.find(({ id }) => id === 'gas')?.staleAfterHours ?? 0
    app.clock.advance(hours * 3_600_000)
    expect(await pageOf(token)).toMatchObject({
      owedFen: null,
      unknownReason: `取不到：鹏燃燃气的数据已经${hours / 24}天没有更新`,
      bills: [],
    })
  })

  test('a code taken out of use says when, why and what to do; it shows nothing of the household', async () => {
    const { token, code } = await codedHousehold(app)
    const ctx = app.ctx()
    await inTransaction(ctx, (tx) => revokeCodes(tx, ctx, [code.id], { by: 'staff:s', why: 'replaced' }))
    expect((await open(token)).body).toEqual({
      state: 'revoked',
      companyName: '鹏燃燃气',
      hotline: '95777',
      why: '换发了新码',
      words: '这个码已在2026年11月22日停用（换发了新码），请扫新码，或拨打95777。',
      revokedAt: app.clock.now(),
    })
    const enter = await ask(app, 'codes.enter', { token })
    expect(enter.status).toBe(410)
    expect(enter.error).toMatchObject({
      code: 'code_revoked',
      message: expect.stringContaining('换发了新码'),
    })
  })

  test('forged, cut, older, unknown-key and never-made tokens have one and the same answer', async () => {
    const { token, code } = await codedHousehold(app)
    const other = (over: { publicId?: string; keyId?: number }, codeKeys: Record<string, string>): string =>
      makeToken(
        { config: { secrets: { ...app.config.secrets, codeKeys } } },
        { publicId: code.publicId, keyId: 1, ...over },
      )
    const theirs = Buffer.alloc(32, 1).toString('base64')
    const tokens = {
      forged: other({}, { '1': theirs }),
      cut: token.slice(0, -1),
      nonsense: '../../etc/passwd',
      'an account number': '0008800011',
      'of version 0': `A${token.slice(1)}`,
      'of an unknown key': other({ keyId: 3 }, { '3': theirs }),
      'signed, but of no code': other({ publicId: 'ab'.repeat(10) }, app.config.secrets.codeKeys),
    }
    const answers = new Set<string>()
    for (const text of Object.values(tokens)) {
      const { status, error } = await open(text)
      answers.add(JSON.stringify([status, error?.code, error?.message]))
    }
    expect([...answers]).toEqual([
      JSON.stringify([
        404,
        'code_unknown',
        '没有认出这个码：可能没拍全或已损坏，请对准重扫；还不行请拨打客服电话。',
      ]),
    ])
  })

  test('a wrong signature costs no look into the database', async () => {
    const { token } = await codedHousehold(app)
    const asked = jest.spyOn(app.ctx().db.reader, 'query')
    expect((await open(`${token.slice(0, -2)}AA`)).error?.code).toBe('code_unknown')
    expect(asked).not.toHaveBeenCalled()
    await open(token)
    expect(asked).toHaveBeenCalled()
    asked.mockRestore()
  })

  test('who tries one token after another is stopped after twenty, while a right one behind the same address still opens', async () => {
    const { token } = await codedHousehold(app)
    const { limit } = app.config.codes.wrongPerIp
    const guesses: (string | undefined)[] = []
    for (let guess = 0; guess < limit + 5; guess++) {
      const text = Buffer.concat([Buffer.from([0x11]), Buffer.alloc(20, guess)]).toString('base64url')
      guesses.push((await open(text)).error?.code)
    }
    expect(guesses).toEqual([
      ...Array.from({ length: limit }, () => 'code_unknown'),
      ...Array.from({ length: 5 }, () => 'rate_limited'),
    ])
    expect(await pageOf(token)).toMatchObject({ owedFen: 8525 })
    app.clock.advance(app.config.codes.wrongPerIp.windowMs)
    expect((await open('x')).error?.code).toBe('code_unknown')
  })

  test('one device opens so many pages a minute, one address so many more, and no more', async () => {
    const { token } = await codedHousehold(app)
    const { perDevice, perIp } = app.config.codes
    const outcome = async (device: string) => (await open(token, device)).error?.code ?? 'opened'
    const first: string[] = []
    for (let scan = 0; scan <= perDevice.limit; scan++) first.push(await outcome('phone-1'))
    expect(first.filter((one) => one === 'opened')).toHaveLength(perDevice.limit)
    expect(first.at(-1)).toBe('rate_limited')
    expect(await outcome('phone-2')).toBe('opened')
    for (let scan = perDevice.limit + 2; scan < perIp.limit; scan++) await outcome(`phone-${scan}`)
    expect(await outcome('phone-of-another')).toBe('rate_limited')
  })

  test('scans are counted by code and day, two at once both, and by whom is kept nowhere', async () => {
    const { token, code } = await codedHousehold(app)
    await Promise.all([open(token, 'a'), open(token, 'b')])
    app.clock.advance(DAY_MS)
    await open(token, 'a')
    // A page that asks anew before it pays is the same scan.
    await ask(app, 'codes.open', { token, again: true })
    expect(await rowsOf(app, 'SELECT * FROM code_scan ORDER BY day')).toEqual([
      { codeId: code.id, day: '2026-11-22', scans: 2 },
      { codeId: code.id, day: '2026-11-23', scans: 1 },
    ])
  })

  test('a household has one code in use: asked again, and twice at once, it is the same; after it a new serial', async () => {
    const ctx = app.ctx()
    const make = () => inTransaction(ctx, (tx) => makeCode(tx, ctx, NOBODY, 'system'))
    const [one, two] = await Promise.all([make(), make()])
    expect(one.id).toBe(two.id)
    expect((await make()).id).toBe(one.id)
    const revoked = await inTransaction(ctx, (tx) =>
      revokeCodes(tx, ctx, [one.id, one.id], { by: 'staff:s', why: 'lost' }),
    )
    expect(revoked.map(({ id }) => id)).toEqual([one.id])
    expect(await activeCodesOf(ctx.db.reader, [NOBODY.id])).toEqual(new Map())
    const next = await make()
    expect([one.serial, next.serial, next.publicId === one.publicId]).toEqual([1, 2, false])
    const again = await inTransaction(ctx, (tx) =>
      revokeCodes(tx, ctx, [one.id], { by: 'staff:s', why: 'lost' }),
    )
    expect(again).toEqual([])
  })

  test('codes of many households are made at once, those that have one keep it', async () => {
    const ctx = app.ctx()
    const homes = Array.from({ length: 300 }, () => ({ id: ctx.ids.next(), companyId: 'gas' }))
    const some = await inTransaction(ctx, (tx) => makeCodes(tx, ctx, homes.slice(0, 10), 'system'))
    const all = await inTransaction(ctx, (tx) => makeCodes(tx, ctx, homes, 'system'))
    expect(all.size).toBe(300)
    for (const [householdId, { id }] of some) expect(all.get(householdId)?.id).toBe(id)
    expect(new Set([...all.values()].map(({ publicId }) => publicId)).size).toBe(300)
  })
})
