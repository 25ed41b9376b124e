import { eachEngine } from '../../testing/harness'
import { type AtWork, buildAtWork, buildWorker, send } from '../../testing/at-work'
import { csvCell } from './csv'
import { TestDesk } from './test-desk'

const POST = { name: 'desk.export', method: 'POST' }
const COLUMNS = ['number', 'company', 'type', 'state', 'excerpt', 'address', 'assignee', 'createdAt', 'clock']

eachEngine((engine) => {
  let desk: TestDesk
  let wang: AtWork
  beforeEach(async () => {
    desk = await TestDesk.open(engine, { staff: { exportRowsMost: 700, exportRowsWithoutApproval: 700 } })
    wang = await buildAtWork(desk.world.app, ['dispatcher'], { name: '=王晓' })
  })
  afterEach(() => desk.close())

  let serial = 0
  const prepare = async (who: AtWork, query: string, columns: readonly string[] = COLUMNS) => {
    const input = { clientId: `export-${String(++serial).padStart(12, '0')}`, query, columns }
    const response = await send(desk.world.app, POST, who.headers, input)
    const body = (await response.json()) as { url: string; rows: number; error?: { code: string } }
    return { status: response.status, ...body }
  }
  const fetchFile = async (who: { headers: Readonly<Record<string, string>> }, url: string) => {
    const response = await fetch(`${desk.world.app.url}${url}`, { headers: who.headers })
    return { status: response.status, headers: response.headers, text: await rawText(response) }
  }

  test('the list comes as a file that spreadsheets read, masked, with who took it at its end', async () => {
    const { id: residentId } = await desk.world.resident()
    const household = await desk.world.household([residentId])
    const request = await desk.make({
      householdId: household.id,
      contactName: '李大妈',
      contactPhone: '13712345678',
      words: '不热,"急" 电话13712345678',
    })
    const prepared = await prepare(wang, 'tab=all&states=open&sort=due&view=x')
    expect(prepared).toMatchObject({ status: 200, rows: 1 })
    expect(prepared.url).toMatch(/^\/console\/export\/[0-9a-f]{64}$/)
    const file = await fetchFile(wang, prepared.url)
    expect(file.status).toBe(200)
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="requests-2026-11-22-/)
    expect(file.headers.get('cache-control')).toBe('no-store')
    const [header, row, last, nothing] = file.text.split('\r\n')
    expect(header).toBe('\uFEFF编号,公司,类型,状态,描述,地址,负责人,提交时间,时限')
    expect(row).toContain(`${request.number},`)
    expect(row).toContain('"不热,""急"" 电话137********"')
    expect(row).toContain(',松海园*号楼,')
    expect(last).toContain(wang.id)
    expect(last).toContain('2026-11-22 10:00:00')
    expect(nothing).toBe('')
    // Ids and numbers are digits too, so the door is looked for as an address names it.
    for (const canary of ['13712345678', '李大妈', '41号楼', '6单元', '单元404', '41-6-404'])
      expect(file.text).not.toContain(canary)
  })

  test('what a spreadsheet would take for a formula is text', async () => {
    for (const words of ['=HYPERLINK("//e","x")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '＝1+1', ' =1'])
      await desk.make({ words })
    const { url } = await prepare(wang, 'sort=newest', ['excerpt'])
    const { text } = await fetchFile(wang, url)
    const cells = text.split('\r\n').slice(1, -2)
    expect(cells).toHaveLength(7)
    for (const line of cells) expect(line.slice(line.indexOf(',') + 1)).toMatch(/^"?'/)
    expect(csvCell('=1')).toBe("'=1")
    expect(csvCell(-5)).toBe('-5')
    expect(csvCell('a\rb')).toBe('"a\rb"')
    expect(text.split('\r\n').at(-2)).toMatch(/^导出人 =王晓/)
  })

  test('the address works once, for one person, for five minutes', async () => {
    await desk.make()
    const other = await buildAtWork(desk.world.app, ['dispatcher'])
    const agent = await buildAtWork(desk.world.app, ['agent'])
    const worker = await buildWorker(desk.world.app)
    const { url } = await prepare(wang, '')
    expect((await fetchFile(other, url)).status).toBe(410)
    expect((await fetchFile(agent, url)).status).toBe(403)
    expect((await fetchFile(worker, url)).status).toBe(403)
    expect((await fetch(`${desk.world.app.url}${url}`)).status).toBe(401)
    expect((await fetchFile(wang, '/console/export/nonsense')).status).toBe(410)
    expect((await fetchFile(wang, url)).status).toBe(200)
    expect((await fetchFile(wang, url)).status).toBe(410)
    const late = await prepare(wang, '')
    desk.clock.advance(5 * 60_000)
    expect((await fetchFile(wang, late.url)).status).toBe(410)
  })

  test('three a day for each person, and again tomorrow', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => prepare(wang, '')))
    expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429])
    const other = await buildAtWork(desk.world.app, ['supervisor'])
    expect((await prepare(other, '')).status).toBe(200)
    desk.clock.advance(24 * 3_600_000)
    const tomorrow = await buildAtWork(desk.world.app, ['dispatcher'])
    expect((await prepare(tomorrow, '')).status).toBe(200)
  })

  const act = async (who: AtWork, name: string, input: object) => {
    const clientId = `export-${String(++serial).padStart(12, '0')}`
    const method = name === 'desk.exports' ? 'GET' : 'POST'
    const body = method === 'GET' ? {} : { clientId, ...input }
    const response = await send(desk.world.app, { name, method }, who.headers, body)
    const answer: { status: number; [field: string]: unknown } = { status: response.status }
    return Object.assign(answer, await response.json())
  }
  const listOf = async (who: AtWork) =>
    (await act(who, 'desk.exports', {})) as unknown as Record<
      'mine' | 'toDecide',
      { exportId: string; state: string; rows: number; reason: string | null; columns: string[] }[]
    >

  describe('a list above the limit', () => {
    const LIMITED = { staff: { exportRowsMost: 700, exportRowsWithoutApproval: 1 } }
    let boss: AtWork
    let exportId: string
    beforeEach(async () => {
      await desk.close()
      desk = await TestDesk.open(engine, LIMITED)
      wang = await buildAtWork(desk.world.app, ['supervisor'], { name: '王晓' })
      boss = await buildAtWork(desk.world.app, ['supervisor'], { name: '赵主管' })
      await desk.make()
      await desk.make()
      const ask = { query: '', columns: COLUMNS, reason: '核对今天的来电' }
      exportId = String((await act(wang, 'desk.export', ask))['exportId'])
    })
    const decide = (who: AtWork, approve: boolean, words?: string) =>
      act(who, 'desk.decideExport', { exportId, approve, ...(words && { words }) })
    const take = async (who: AtWork) =>
      (await act(who, 'desk.takeExport', { exportId })) as { status: number; url: string }

    test('says what it is for, waits for somebody else, and is then fetched once by its asker', async () => {
      expect(await prepare(wang, '')).toMatchObject({ status: 422, error: { code: 'invalid_input' } })
      expect((await take(wang)).status).toBe(410)
      expect((await listOf(wang)).toDecide).toEqual([])
      const [waiting] = (await listOf(boss)).toDecide
      expect(waiting).toMatchObject({ exportId, state: 'waiting', rows: 2, reason: '核对今天的来电' })
      expect(waiting?.columns).toContain('地址')
      expect((await decide(wang, true)).status).toBe(403)
      expect((await decide(boss, true)).status).toBe(200)
      expect((await decide(boss, false, '又不行')).status).toBe(404)
      expect((await take(boss)).status).toBe(404)
      const first = await take(wang)
      const second = await take(wang)
      // What came after it was approved is not in it.
      await desk.make()
      expect((await fetchFile(wang, first.url)).status).toBe(410)
      const file = await fetchFile(wang, second.url)
      expect(file.text.split('\r\n').slice(1, -2)).toHaveLength(2)
      expect((await fetchFile(wang, second.url)).status).toBe(410)
      expect((await take(wang)).status).toBe(410)
      expect((await listOf(wang)).mine).toMatchObject([{ exportId, state: 'taken' }])
      const audited = await desk.world.rows<{ action: string }>('SELECT action FROM audit_log ORDER BY id')
      expect(audited.map(({ action }) => action)).toEqual(
        expect.arrayContaining(['desk.export', 'desk.decideExport', 'desk.takeExport']),
      )
    })

    test('refused, it is not had, and its asker reads why', async () => {
      expect((await decide(boss, false)).status).toBe(422)
      expect((await decide(boss, false, '用筛选缩小范围')).status).toBe(200)
      expect((await take(wang)).status).toBe(410)
      expect((await listOf(wang)).mine).toMatchObject([
        { state: 'refused', decidedBy: '赵主管', decidedWords: '用筛选缩小范围' },
      ])
    })

    test('nobody approves what they may not see whole, and a day later it is over', async () => {
      const narrow = await buildAtWork(desk.world.app, ['supervisor'], { companies: ['heating'] })
      const dispatcher = await buildAtWork(desk.world.app, ['dispatcher'])
      expect((await listOf(narrow)).toDecide).toEqual([])
      expect((await decide(narrow, true)).status).toBe(404)
      expect((await decide(dispatcher, true)).status).toBe(403)
      desk.clock.advance(24 * 3_600_000)
      const late = await buildAtWork(desk.world.app, ['supervisor'])
      expect((await listOf(late)).toDecide).toEqual([])
      expect((await decide(late, true)).status).toBe(404)
      expect(await desk.world.rows("SELECT id FROM desk_export WHERE state = 'waiting'")).toHaveLength(1)
    })

    test('of two who decide at once one is heard', async () => {
      const other = await buildAtWork(desk.world.app, ['supervisor'])
      const both = await Promise.all([decide(boss, true), decide(other, false, '不同意')])
      expect(both.map(({ status }) => status).sort()).toEqual([200, 404])
    })
  })

  test('only rows of one’s own companies are in it, as they are when it is fetched', async () => {
    const heat = await desk.make()
    const gas = await desk.make({ companyId: 'gas' })
    const narrow = await buildAtWork(desk.world.app, ['supervisor'], { companies: ['heating'] })
    const { url, rows } = await prepare(narrow, 'companyId=')
    expect(rows).toBe(1)
    const { text } = await fetchFile(narrow, url)
    expect(text).toContain(heat.number)
    expect(text).not.toContain(gas.number)
    expect((await prepare(narrow, 'companyId=gas')).rows).toBe(0)
  })

  test('more rows than one page come in order, up to the most that may be taken', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => desk.make()))
    expect(made).toHaveLength(12)
    const { requestTable } = await import('../requests/entities')
    const { ids, db } = desk.as()
    const [first] = made
    if (!first) throw new Error('made above')
    for (let start = 0; start < 800; start += 400) {
      const rows = Array.from({ length: 400 }, (_, at) => ({
        ...first,
        id: ids.next(),
        number: `BX20260101-${start + at}`,
        nextDueAt: first.nextDueAt + start + at,
      }))
      await db.transaction((tx) => tx.insert(requestTable, rows))
    }
    const { url, rows } = await prepare(wang, 'sort=due', ['number'])
    expect(rows).toBe(700)
    const { text } = await fetchFile(wang, url)
    const numbers = text.split('\r\n').slice(1, -2)
    expect(numbers).toHaveLength(700)
    expect(new Set(numbers).size).toBe(700)
    expect(text).toContain('共 700 行')
  })

  test('columns and filters that we do not have are refused before anything is counted', async () => {
    expect((await prepare(wang, '', ['contactPhone'])).status).toBe(422)
    expect((await prepare(wang, '', ['constructor'])).status).toBe(422)
    expect((await prepare(wang, 'sort=amount;DROP')).status).toBe(422)
    expect((await prepare(wang, 'states=nonsense')).status).toBe(422)
    const phone = await prepare(wang, 'tab=all&%71=13712345678')
    expect([phone.status, phone.error?.code]).toEqual([422, 'invalid_input'])
    expect(JSON.stringify(await desk.world.rows('SELECT * FROM audit_log'))).not.toContain('13712345678')
    expect((await desk.world.rows('SELECT * FROM desk_quota')).length).toBe(0)
  })
})

/** `Response.text` drops the byte order mark that a spreadsheet needs. */
async function rawText(response: Response): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
}
