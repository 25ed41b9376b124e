import { inTransaction, type SqlValue } from '../../core/db/database'
import {
  columnsIn,
  type ColumnClass,
  COLUMN_CLASSES,
  type Declared,
  type Keys,
} from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { DAY_MS } from '../../core/clock'
import { phoneIndexOf } from '../identity/phone-number'
import { declaredBy, declaredTables, keysOf } from './register'

/** One value that was written for somebody, and where. */
export interface Planted {
  readonly table: string
  readonly column: string
  readonly how: ColumnClass
  readonly value: SqlValue
  /** What a sealed column holds; the value itself otherwise. */
  readonly opened: SqlValue
}

export interface Subject {
  readonly residentId: string
  readonly householdId: string
  readonly phone: string
  readonly openid: string
  readonly planted: readonly Planted[]
}

type Values = Readonly<Record<string, SqlValue>>

/** A row for this person in every table that leads to a person: made from the register and the schema, none by hand. */
export async function seedSubject(
  ctx: Ctx,
  tag: string,
  special: Readonly<Record<string, Values>>,
): Promise<Subject> {
  const residentId = ctx.ids.next()
  const householdId = ctx.ids.next()
  const phone = `1390000${String(tag.charCodeAt(0)).padStart(4, '0')}`
  const openid = `openid-of-${tag}-canary`
  const planted: Planted[] = []
  const rows = new Map<string, Values>()
  const person = {
    residentIds: [residentId],
    phones: [phone],
    accounts: [{ provider: 'wechat-oa', appId: 'wx-test', subject: openid }],
  }
  const own: Readonly<Record<string, Values>> = {
    resident: {
      id: residentId,
      phoneSealed: phone,
      phoneIndex: phoneIndexOf(ctx, phone),
      endedAt: null,
      mergedInto: null,
    },
    resident_identity: { provider: 'wechat-oa', appId: 'wx-test', subjectSealed: openid },
    household: { id: householdId },
    binding: { householdId, activeSlot: 1, unboundAt: null },
    stored_file: {
      ownerKind: 'resident',
      storageKey: `canary/${tag}`,
      thumbKey: `canary/${tag}-thumb`,
      claim: `nobody:${tag}`,
    },
    payment: { state: 'paid' },
    household_visit: { until: ctx.clock.now() + 60 * DAY_MS },
    household_mark: { until: ctx.clock.now() + 60 * DAY_MS },
    privacy_copy: { state: 'gone', openSlot: null },
    privacy_closure: { state: 'withdrawn', openSlot: null, lookAt: null },
  }
  const make = maker(ctx, tag)
  for (const { tables } of declaredBy) {
    const known = await keysOf(ctx, person)
    const keys: Keys = {
      ...known,
      resident: [residentId],
      household: [householdId],
      'household-from': [householdId],
    }
    for (const declared of tables.filter(({ of }) => of.length > 0)) {
      const { name } = declared.table
      const row = make(declared, { keys, rows, given: { ...own[name], ...special[name] } }, planted)
      rows.set(name, row)
      await inTransaction(ctx, (tx) => tx.insert(declared.table as never, row))
    }
  }
  return { residentId, householdId, phone, openid, planted }
}

/** Every table that leads to a person, parents before what hangs on them. */
export const seededTables = declaredTables.filter(({ of }) => of.length > 0)

interface Around {
  readonly keys: Keys
  readonly rows: ReadonlyMap<string, Values>
  readonly given: Values
}

function maker(ctx: Ctx, tag: string) {
  let serial = 0
  const today = ctx.clock.now() - 3_600_000 + (tag.charCodeAt(0) % 10)
  return ({ table, of, ...lists }: Declared, { keys, rows, given }: Around, planted: Planted[]): Values => {
    const options = table.schema.options.columns
    const row: Record<string, SqlValue> = {}
    for (const how of COLUMN_CLASSES)
      for (const { column } of columnsIn(lists[how])) {
        serial += 1
        const option = options[column]
        const link = of.find((one) => one.column === column)
        const isText = option?.type === 'varchar' || option?.type === 'text'
        const length = option?.length === undefined ? 60 : Number(option.length)
        const canary = `${tag}${serial.toString(36).padStart(3, '0')}-canary-${table.name}-${column}`.slice(
          0,
          length,
        )
        const made = (): SqlValue => {
          if (column in given) return given[column] ?? null
          if (link !== undefined && 'in' in link) return rows.get(link.in)?.[link.key] ?? null
          if (link !== undefined) return keys[link.is]?.[0] ?? null
          if (column === 'id') return ctx.ids.next()
          // Everything is of today, so that nothing of it is too old, and each moment is another one.
          if (option?.type === 'bigint' && !column.endsWith('Fen'))
            return how === 'plain' && option.nullable === true ? null : today + serial * 1000
          if (how === 'plain') return option?.nullable === true ? null : isText ? canary : 1
          if (how === 'refs')
            return option?.nullable === true ? null : length === 26 ? ctx.ids.next() : canary
          return isText ? canary : 7_000_000 + serial * 10 + (tag.charCodeAt(0) % 10)
        }
        const opened = made()
        const isSealed = /Sealed$|^sealed$/.test(column) && opened !== null && how !== 'plain'
        const value = isSealed ? ctx.vault.seal(String(opened)) : opened
        row[column] = value
        if (how !== 'plain') planted.push({ table: table.name, column, how, value, opened })
      }
    return row
  }
}
