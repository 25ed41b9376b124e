import type { CoreCtx } from '../../core/context'
import { firstIdAt } from '../../core/ids'
import { columnsIn, type Declared, labelOf } from '../../core/personal/declare'
import { register } from './register'
import { type AuditedAct, auditedActs, tiedTo } from './store'

/** What a notice of a breach must say (个人信息保护法第五十七条): whom it reached, what of them, how much, and by whose hand. */
export interface Affected {
  readonly acts: number
  readonly actors: ReadonlySet<string>
  readonly residents: ReadonlySet<string>
  readonly households: ReadonlySet<string>
  /** What may have been seen, as the register names it: `诉求：内容`. */
  readonly fields: ReadonlySet<string>
  /** Objects whose rows are gone or tell of nobody. */
  readonly untied: number
}

/** Rows of the audit that are read at once. */
const AT_ONCE = 2_000
/** Objects of the audit whose table has another name. */
const TABLES: Readonly<Record<string, string>> = {
  reading: 'meter_reading',
  proxy: 'family_proxy',
  file: 'stored_file',
  copy: 'privacy_copy',
  session: 'resident_session',
}

/**
 * Everybody whom an operation touched within a time, by the audit. It reads along one index, so that a million rows are
 * minutes; what is kept of them meanwhile is ids.
 */
export async function findAffected(
  ctx: Pick<CoreCtx, 'db'>,
  of: { readonly action: string; readonly fromMs: number; readonly untilMs: number },
): Promise<Affected> {
  const found = { acts: 0, untied: 0, actors: new Set<string>(), fields: new Set<string>() }
  const [residents, households] = [new Set<string>(), new Set<string>()]
  const until = firstIdAt(of.untilMs)
  let after = firstIdAt(of.fromMs)
  for (;;) {
    const acts = await auditedActs(ctx.db.reader, { action: of.action, after, until, limit: AT_ONCE })
    found.acts += acts.length
    for (const { actor } of acts) found.actors.add(actor)
    for (const [kind, ids] of byKind(acts)) {
      if (kind === 'resident') for (const id of ids) residents.add(id)
      else if (kind === 'household') for (const id of ids) households.add(id)
      const declared = register.get(TABLES[kind] ?? kind.replaceAll('-', '_'))
      if (declared === undefined) {
        found.untied += ids.size
        continue
      }
      for (const field of fieldsOf(declared)) found.fields.add(field)
      if (kind === 'resident' || kind === 'household') continue
      const ties = await tiedTo(ctx.db.reader, declared.table, [...ids])
      found.untied += ids.size - ties.filter(({ people }) => people.length > 0).length
      for (const { people } of ties)
        for (const [column, id] of people) (column === 'householdId' ? households : residents).add(id)
    }
    const last = acts.at(-1)
    if (last === undefined || acts.length < AT_ONCE) return { ...found, residents, households }
    after = last.id
  }
}

/** Ids by what they are of; what was done to no object says in its details whose household it was. */
function byKind(acts: readonly AuditedAct[]): Map<string, Set<string>> {
  const kinds = new Map<string, Set<string>>()
  const add = (kind: string, id: string): void => {
    kinds.set(kind, (kinds.get(kind) ?? new Set()).add(id))
  }
  for (const { object, detail } of acts) {
    const [kind = '', id = ''] = object.split(':')
    if (id !== '') add(kind, id)
    const { householdId } = JSON.parse(detail ?? '{}') as { householdId?: unknown }
    if (typeof householdId === 'string') add('household', householdId)
  }
  return kinds
}

const fieldsOf = (declared: Declared): string[] =>
  [...columnsIn(declared.shown), ...columnsIn(declared.sealed)].map(
    (column) => `${declared.says}：${labelOf(column)}`,
  )
