import { DAY_MS } from '../../core/clock'
import type { CoreCtx } from '../../core/context'
import { inTransaction, isDuplicate, type Reader, type Tx } from '../../core/db/database'
import { defineSchedule } from '../../platforms/feature'
import type { Roots } from './covered'
import type { HouseholdMarkRow } from './entities'
import { deleteMarksOver, findMarks, findMarksBelow, saveMark } from './mark-store'

export type Mark = HouseholdMarkRow['mark']

/** The one that says most comes first: whoever is several things is called as that. */
const ORDER: readonly Mark[] = ['important', 'sensitive', 'complained']

export interface MarkedHousehold {
  readonly householdId: string
  readonly marks: readonly Mark[]
}

function byHousehold(rows: readonly HouseholdMarkRow[]): MarkedHousehold[] {
  const found = new Map<string, Mark[]>()
  for (const { householdId, mark } of rows) found.set(householdId, [...(found.get(householdId) ?? []), mark])
  return [...found].map(([householdId, marks]) => ({
    householdId,
    marks: ORDER.filter((mark) => marks.includes(mark)),
  }))
}

/** Which of these households are marked now, and as what. */
export async function marksOf(
  reader: Reader,
  householdIds: readonly string[],
  now: number,
): Promise<MarkedHousehold[]> {
  return byHousehold(await findMarks(reader, householdIds, now))
}

const PAGE = 1000
/** More calls than that nobody makes; the list says so by its length. */
const MARKED_MOST = 20_000

/** Every marked household below these knots. */
export async function markedBelow(reader: Reader, roots: Roots, now: number): Promise<MarkedHousehold[]> {
  const found: HouseholdMarkRow[] = []
  for (let after = ''; found.length < MARKED_MOST; ) {
    const rows = await findMarksBelow(reader, roots, now, after, PAGE)
    found.push(...rows)
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) break
    after = last.householdId
    // A household has three marks at most; those of the last one that the page cut off come with it.
    const cut = await findMarks(reader, [after], now)
    found.push(
      ...cut.filter(({ mark }) => !rows.some((row) => row.householdId === after && row.mark === mark)),
    )
  }
  return byHousehold(found)
}

const COMPLAINED_DAYS = 365

/** Somebody of this household complained: for a year they are called when supply goes. */
export async function markComplained(tx: Tx, ctx: CoreCtx, householdId: string): Promise<void> {
  const at = ctx.clock.now()
  try {
    await saveMark(tx, {
      householdId,
      mark: 'complained',
      note: '',
      byStaff: null,
      at,
      until: at + COMPLAINED_DAYS * DAY_MS,
    })
  } catch (error) {
    // Two complaints of one household in the same moment: one mark is enough.
    if (!isDuplicate(error)) throw error
  }
}

export const forgetMarksDaily = defineSchedule({
  name: 'households.forget-marks',
  everyMs: DAY_MS,
  run: (ctx) => inTransaction(ctx, (tx) => deleteMarksOver(tx, ctx.clock.now())),
})
