import { inTransaction, type Tx } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { peopleToReach } from '../identity'
import { type MessageRow, messageTable } from './entities'
import { dueRows } from './outgoing-store'
import { MessageDesk } from './test-message-desk'

const ENDED = 3000
const DUE = 6000
const RESIDENTS = 5000

/** How many rows and index entries the engine looked at meanwhile; SQLite does not count them. */
async function looksAt(tx: Tx, work: () => Promise<unknown>): Promise<number> {
  const count = async (): Promise<number> => {
    if (tx.engine === 'sqlite') return 0
    const rows = await tx.query<{ Variable_name: string; Value: string }>(
      "SHOW SESSION STATUS LIKE 'Handler_%'",
    )
    return rows
      .filter(({ Variable_name }) => /^Handler_(read_|icp_attempts)/.test(Variable_name))
      .reduce((sum, { Value }) => sum + Number(Value), 0)
  }
  const before = await count()
  // To ask is to read the answer's rows.
  const asking = (await count()) - before
  const from = await count()
  await work()
  return (await count()) - from - asking
}

eachEngine((engine) => {
  let desk: MessageDesk
  beforeAll(async () => {
    desk = await MessageDesk.open(engine)
  })
  afterAll(() => desk.app.close())

  const row = (n: number, dueAt: number | null): MessageRow => ({
    id: String(n).padStart(26, '0'),
    residentId: String(n).padStart(26, '0'),
    template: 'outage-emergency',
    reason: 'notice:1',
    companyId: 'heating',
    householdId: null,
    bulkId: null,
    title: '',
    facts: '{}',
    page: null,
    wallet: null,
    urgency: 0,
    state: dueAt === null ? 'sent' : 'due',
    dueAt,
    token: null,
    trying: null,
    tryingSince: null,
    attempts: 1,
    waitsFor: null,
    expiresAt: 4_000_000_000_000,
    createdAt: 0,
    readAt: null,
  })

  test('what was sent long ago is not walked over when messages are claimed', async () => {
    const ctx = desk.app.ctx()
    const now = ctx.clock.now()
    await inTransaction(ctx, async (tx) => {
      for (let n = 0; n < ENDED; n += 500)
        await tx.insert(
          messageTable,
          Array.from({ length: 500 }, (_, i) => row(n + i, null)),
        )
      for (let n = 0; n < DUE; n += 500)
        await tx.insert(
          messageTable,
          Array.from({ length: 500 }, (_, i) => row(ENDED + n + i, now - DUE + n + i)),
        )
    })
    await desk.run(engine === 'sqlite' ? 'ANALYZE' : 'ANALYZE TABLE message')
    await inTransaction(ctx, async (tx) => {
      let claimed: MessageRow[] = []
      const looked = await looksAt(tx, async () => {
        claimed = await dueRows(tx, 0, now, 200)
      })
      expect(claimed.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, i) => row(ENDED + i, 0).id))
      expect(looked).toBeLessThan(1000)
    })
  })

  test('whom somebody was merged into is found without reading every resident', async () => {
    const ctx = desk.app.ctx()
    const id = (n: number): string => String(n).padStart(26, '0')
    await inTransaction(ctx, async (tx) => {
      for (let n = 0; n < RESIDENTS; n += 500)
        await tx.execute(
          `INSERT INTO resident (id, elderMode, createdAt) VALUES (?, 0, 0)${', (?, 0, 0)'.repeat(499)}`,
          Array.from({ length: 500 }, (_, i) => id(n + i)),
        )
      await tx.execute('UPDATE resident SET mergedInto = ? WHERE id = ?', [id(7), id(RESIDENTS - 1)])
    })
    await desk.run(engine === 'sqlite' ? 'ANALYZE' : 'ANALYZE TABLE resident')
    await inTransaction(ctx, async (tx) => {
      const asked = Array.from({ length: 200 }, (_, n) => id(n))
      let people = new Map<string, { aliases: readonly string[] }>()
      const looked = await looksAt(tx, async () => {
        people = await peopleToReach(tx, asked)
      })
      expect(people.size).toBe(200)
      expect(people.get(id(7))?.aliases).toEqual([id(7), id(RESIDENTS - 1)])
      expect(looked).toBeLessThan(RESIDENTS)
    })
  })
})
