import { shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { presentCopy, presentPurpose } from './present'
import { declaredTables } from './register'
import type { Mine } from './schema'
import { copiesOf, countCopiesSince, openClosureOf } from './store'

const COPIES_SHOWN = 5

/** What I allowed and when, copies of my data, and whether my account is ending. */
export async function readMine(ctx: Ctx): Promise<Mine> {
  const { reader } = ctx.db
  const { purposes, copy, closureDays } = ctx.config.privacy
  const residentIds = await residentAliases(reader, residentOf(ctx).id)
  const closure = await openClosureOf(reader, residentIds)
  const today = await countCopiesSince(reader, residentIds, shanghaiDayStart(shanghaiDay(ctx.clock.now())))
  return {
    purposes: await Promise.all(purposes.map((purpose) => presentPurpose(ctx, residentIds, purpose))),
    copies: await Promise.all(
      (await copiesOf(reader, residentIds, COPIES_SHOWN)).map((row) => presentCopy(ctx, row)),
    ),
    copiesLeftToday: Math.max(0, copy.perDay - today),
    closure: closure && {
      id: closure.id,
      askedAt: Number(closure.askedAt),
      dueAt: Number(closure.dueAt),
    },
    closureDays,
    ...whatEnds(),
  }
}

/** In the words of the register, so that the page cannot promise what the job does not do. */
function whatEnds(): Pick<Mine, 'ends' | 'stays'> {
  const ofPeople = declaredTables.filter(({ of, basis }) => of.length > 0 && basis !== 'staff')
  return {
    ends: ofPeople.filter(({ end }) => end.act === 'delete' || end.act === 'own').map(({ says }) => says),
    stays: ofPeople
      .filter(({ end, shown }) => (end.act === 'keep' || end.act === 'blank') && shown !== undefined)
      .map(({ says, end }) => ({ says, why: end.why ?? '' })),
  }
}
