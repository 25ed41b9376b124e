import Database from 'better-sqlite3'
import { join } from 'node:path'
import { until } from '../../scripts/processes'
import { systemClock } from '../../server/src/core/clock'
import { loadConfig } from '../../server/src/core/config/load'
import { type SqlValue, transactionOver } from '../../server/src/core/db/database'
import { createIds } from '../../server/src/core/ids'
import { copiedColumns } from '../../server/src/core/personal/copy-rows'
import { columnsIn, type Keys, labelOf } from '../../server/src/core/personal/declare'
import { whereOf } from '../../server/src/core/personal/person-rows'
import { createVault } from '../../server/src/core/vault'
import { personOf } from '../../server/src/features/identity'
import { declaredTables, keysOf, register } from '../../server/src/features/privacy/register'
import {
  type Planted,
  seededTables,
  seedSubject,
  type Subject,
} from '../../server/src/features/privacy/seed-subject.fixture'
import type { Ctx } from '../../server/src/platforms/context'
import { configSchema } from '../../server/src/platforms/whole-config'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'

const ENDED_WITHIN_MS = 20_000
/** What asking for the copy writes by itself, after the copy has read these tables. */
const GROWS = new Set(['resident_act', 'privacy_copy', 'privacy_copy_file', 'message', 'resident_session'])

export type Copy = Readonly<Record<string, readonly Record<string, unknown>[] | string>>

/** Somebody with a telephone, to whom a row of every table that tells of people belongs. */
export interface Known {
  readonly subject: Subject
  readonly residentId: string
  /** What leads to their rows, as it was while the account stood. */
  readonly keys: Keys
  /** Accounts at the wallets and telephones, opened. */
  readonly secrets: readonly string[]
}

const isCanary = ({ opened }: Planted): boolean => String(opened).includes('-canary')

/** What a value reads like in a copy, told independently of how the copy is written. */
function asRead(column: string, value: SqlValue): string {
  if (column.endsWith('Fen')) return (Number(value) / 100).toFixed(2)
  if (Number(value) > 1e12)
    return new Date(Number(value) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  return String(value)
}

/** The portal's own database and keys beside it; the portal itself holds the file, so nothing is opened as it would. */
function contextOver(database: Database.Database, config: ReturnType<typeof readConfig>): Ctx {
  const { tx } = transactionOver(
    {
      read: <Row>(sql: string, params: readonly SqlValue[]) =>
        Promise.resolve(database.prepare(sql).all(...params) as Row[]),
      write: (sql, params) => Promise.resolve(database.prepare(sql).run(...params).changes),
    },
    'sqlite',
  )
  const db = { engine: 'sqlite', reader: tx, transaction: (work: (one: typeof tx) => unknown) => work(tx) }
  const vault = createVault(config.secrets)
  return { config, db, vault, clock: systemClock, ids: createIds(systemClock) } as unknown as Ctx
}

const readConfig = ({ inside }: Stack) => loadConfig(configSchema, inside.configFiles, {})

/** Looks at what is kept of people, and lets days pass. */
export class Inside {
  private constructor(
    private readonly database: Database.Database,
    private readonly ctx: Ctx,
  ) {}

  static open(stack: Stack): Inside {
    const database = new Database(join(stack.inside.dataDir, 'yihu.sqlite'), { timeout: 5_000 })
    return new Inside(database, contextOver(database, readConfig(stack)))
  }

  close(): void {
    this.database.close()
  }

  private rows<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.ctx.db.reader.query<Row>(sql, params)
  }

  private write(sql: string, values: readonly (string | number)[]): void {
    this.database.prepare(sql).run(...values)
  }

  /** The value as it reads, also when it is sealed. */
  private opened(value: SqlValue): string {
    try {
      return this.ctx.vault.open(String(value))
    } catch {
      return String(value)
    }
  }

  /** Who has this account at a wallet. */
  async residentOf(subjects: readonly string[]): Promise<string> {
    const all = await this.rows<{ residentId: string; subjectSealed: string }>(
      'SELECT residentId, subjectSealed FROM resident_identity',
    )
    const found = all.find(({ subjectSealed }) => subjects.includes(this.opened(subjectSealed)))
    if (!found) throw new Error(`nobody has the account ${subjects.join(' or ')}`)
    return found.residentId
  }

  /** A row of every table for an earlier account that turned out to be this resident's. */
  async seed(tag: string, residentId: string): Promise<Known> {
    const named = (): string => this.ctx.ids.token(16)
    const subject = await seedSubject(this.ctx, tag, {
      // The storage takes no names but its own; what lies there is deleted with the account.
      privacy_copy_file: { name: named() },
      stored_file: { storageKey: `photo/aa/${named()}.jpg`, thumbKey: `photo/aa/${named()}.jpg` },
    })
    this.write('UPDATE resident SET mergedInto = ? WHERE id = ?', [residentId, subject.residentId])
    const person = await personOf(this.ctx.db.reader, this.ctx, residentId)
    expectThat(person.residentIds.includes(subject.residentId), 'the seeded rows are nobody’s')
    const accounts = person.accounts.map((one) => one.subject)
    return {
      subject,
      residentId,
      keys: await keysOf(this.ctx, person),
      secrets: [...new Set([...accounts, ...person.phones, subject.openid, subject.phone])],
    }
  }

  /** Every table of the register that has rows of this person is in the copy with all of them, value by value. */
  async expectWhole(copy: Copy, { subject, keys }: Known): Promise<void> {
    const wrong: string[] = []
    const counted = new Map<string, { rows: number; grows: boolean }>()
    for (const declared of declaredTables) {
      const where = whereOf(register, declared, keys, false)
      if (where === null || copiedColumns(declared).length === 0) continue
      const { name } = declared.table
      const [row] = await this.rows<{ n: number }>(
        `SELECT COUNT(*) AS n FROM ${name} WHERE ${where.sql}`,
        where.params,
      )
      const before = counted.get(declared.says) ?? { rows: 0, grows: false }
      counted.set(declared.says, {
        rows: before.rows + Number(row?.n ?? 0),
        grows: before.grows || GROWS.has(name),
      })
    }
    expectThat(counted.size > 50, `only ${counted.size} kinds of records were compared`)
    for (const [says, { rows, grows }] of counted) {
      const records = copy[says]
      const count = Array.isArray(records) ? records.length : 0
      if (grows ? count > rows || (rows > 0 && count === 0) : count !== rows)
        wrong.push(`${says}: ${count} of ${rows} rows`)
    }
    for (const { table, column, how, opened } of subject.planted) {
      if (how !== 'shown' && how !== 'sealed') continue
      const declared = register.get(table)
      const named = [...columnsIn(declared?.shown), ...columnsIn(declared?.sealed)].find(
        (one) => one.column === column,
      )
      const records = declared && copy[declared.says]
      const is =
        named !== undefined &&
        Array.isArray(records) &&
        records.some((one: Record<string, unknown>) => String(one[labelOf(named)]) === asRead(column, opened))
      if (!is) wrong.push(`${table}.${column}`)
    }
    expectNone('not in the copy', wrong)
  }

  /** Nothing of the other person, no name of staff, no hash and no key. */
  expectOwn(text: string, mine: Known, other: Known): void {
    const foreign = other.subject.planted.filter(isCanary)
    const hidden = mine.subject.planted.filter(
      (one) => isCanary(one) && (one.how === 'staff' || one.how === 'secret' || one.how === 'others'),
    )
    expectThat(foreign.length > 100 && hidden.length > 20, 'too little was seeded to look for')
    expectNone(
      'in the copy, and not this person’s',
      [...foreign, ...hidden]
        .filter(({ opened }) => text.includes(String(opened)))
        .map(({ table, column, opened }) => `${table}.${column}: ${String(opened)}`),
    )
    expectNone(
      'of somebody else',
      [other.residentId, other.subject.residentId, ...other.secrets].filter((secret) =>
        text.includes(secret),
      ),
    )
  }

  /** The days in which it can be taken back are over, and the portal's own clock looks. */
  async passClosureDays(residentId: string): Promise<void> {
    this.write(`UPDATE privacy_closure SET dueAt = ? WHERE residentId = ? AND state = 'asked'`, [
      Date.now() - 1,
      residentId,
    ])
    this.write(`UPDATE schedule SET nextRunAt = 0 WHERE name = 'privacy.closures'`, [])
    const ended = async (): Promise<boolean> => {
      const found = await this.rows(
        `SELECT id FROM privacy_closure WHERE residentId = ? AND state = 'ended'`,
        [residentId],
      )
      return found.length > 0
    }
    await until(ended, {
      timeoutMs: ENDED_WITHIN_MS,
      everyMs: 50,
      timedOut: () => 'the account did not end in time',
    })
  }

  /** What is left of somebody whose account has ended stands only where the register says that it is kept, and why. */
  async expectGone({ subject, residentId, keys, secrets }: Known): Promise<void> {
    const never = [
      ...secrets,
      ...subject.planted
        .filter((one) => isCanary(one) && one.how === 'sealed' && register.get(one.table)?.end.act !== 'keep')
        .map(({ opened }) => String(opened)),
    ]
    expectThat(never.length > 12, 'too little was seeded to look for')
    const mine = subject.planted.filter(
      (one) =>
        (isCanary(one) || one.value === subject.residentId) &&
        (register.get(one.table)?.basis !== 'staff' || one.how === 'refs'),
    )
    const left = new Set<string>()
    for (const [table, rows] of await this.dump())
      for (const row of rows)
        for (const [column, value] of Object.entries(row)) {
          if (value === null) continue
          const words = this.opened(value)
          const place = `${table}.${column}`
          // What leads to rows that come in late stays sealed for the day until the second look.
          if (place === 'privacy_closure.personSealed') continue
          if (never.some((secret) => words.includes(secret))) left.add(`${place} tells who it was`)
          const planted = mine.some(
            (one) => one.table === table && one.column === column && words === String(one.opened),
          )
          if (planted && !isKept(table, column)) left.add(place)
        }
    for (const declared of declaredTables) {
      if (declared.end.act !== 'delete') continue
      const where = whereOf(register, declared, keys, true)
      if (where === null) continue
      const { name } = declared.table
      const rows = await this.rows(`SELECT * FROM ${name} WHERE ${where.sql} LIMIT 1`, where.params)
      if (rows.length > 0) left.add(`a row of ${name} for ${residentId}`)
    }
    expectNone('left of an account that has ended', [...left])
  }

  /** Rows of the person whose account still stands: none of them went along. */
  async expectUntouched({ subject }: Known): Promise<void> {
    const gone: string[] = []
    const dump = await this.dump()
    for (const { table } of seededTables) {
      const mine = subject.planted.filter((one) => one.table === table.name && one.column !== 'mergedInto')
      const found = dump
        .get(table.name)
        ?.some((row) => mine.every(({ column, value }) => String(row[column]) === String(value)))
      if (found !== true) gone.push(table.name)
    }
    expectNone('went along with somebody else’s account', gone)
  }

  private async dump(): Promise<Map<string, Record<string, SqlValue>[]>> {
    const tables = await this.rows<{ name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    )
    const all = new Map<string, Record<string, SqlValue>[]>()
    for (const { name } of tables) all.set(name, await this.rows(`SELECT * FROM ${name}`))
    return all
  }

  /** What the household still owes. */
  async owedFen(accountNo: string): Promise<number> {
    const [row] = await this.rows<{ owed: number }>(
      `SELECT SUM(amountFen - paidFen) AS owed FROM bill WHERE accountNo = ? AND state = 'open'`,
      [accountNo],
    )
    return Number(row?.owed ?? 0)
  }

  /** The answers to one purpose, the oldest first. */
  async answersTo(residentId: string, purpose: string): Promise<boolean[]> {
    const rows = await this.rows<{ granted: number }>(
      'SELECT granted FROM consent WHERE residentId = ? AND purpose = ? ORDER BY createdAt, id',
      [residentId, purpose],
    )
    return rows.map(({ granted }) => Number(granted) === 1)
  }
}

function isKept(table: string, column: string): boolean {
  const end = register.get(table)?.end
  if (end === undefined || end.act === 'keep') return end !== undefined
  return end.act === 'blank' && !columnsIn(end.columns).some((one) => one.column === column)
}
