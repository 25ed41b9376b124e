import type { CoreCtx } from '../../core/context'
import { noticesAffecting } from './affecting'
import { extendedAmong } from './present-desk'
import { versionsOf } from './store'
import type { ShownState } from './views-schema'
import { isLate, shownOf, shownWords } from './words'

/** What is announced for one household now, in as many words as a stranger may read. */
export interface OpenNotice {
  readonly id: string
  readonly title: string
  readonly stateName: string
  /** The same by its code, and whether the end that was said has passed. */
  readonly shown: ShownState
  readonly isLate: boolean
  /** Epoch ms; null for a notice without a time, such as a general one. */
  readonly from: number | null
  readonly to: number | null
}

/** The soonest begun first. */
export async function openNoticesOf(ctx: CoreCtx, householdId: string): Promise<OpenNotice[]> {
  const { reader } = ctx.db
  const open = await noticesAffecting(reader, [householdId])
  const extended = extendedAmong(
    await versionsOf(
      reader,
      open.map(({ id }) => id),
    ),
  )
  const now = ctx.clock.now()
  return open.map((notice) => ({
    id: notice.id,
    title: notice.title,
    stateName: shownWords(notice, extended.has(notice.id), now),
    shown: shownOf(notice, extended.has(notice.id), now),
    isLate: isLate(notice, now),
    from: notice.startsAt,
    to: notice.endsAt,
  }))
}
