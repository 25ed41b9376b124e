import { formatYuan } from '../../core/money'
import { type Ctx, staffOf } from '../../platforms/context'
import { owedOfHousehold } from '../billing'
import { householdsByIds, ownNameOf, placesOfHouseholds } from '../households'
import { residentAliases } from '../identity'
import { knownOutages, whenInWords } from '../requests'
import type { CannedFacts } from './canned-words'
import type { ConversationRow } from './entities'

/** What the variables of a ready answer say in this conversation now; null for what is not known. */
export async function cannedFacts(ctx: Ctx, conversation: ConversationRow): Promise<CannedFacts> {
  const { reader } = ctx.db
  const { householdId, residentId } = conversation
  const 客服 = staffOf(ctx).name
  const home =
    householdId === null ? undefined : (await householdsByIds(reader, [householdId])).get(householdId)
  if (!home) return { 称呼: '住户', 住址: null, 欠费: null, 到期日: null, 停供: null, 客服 }
  const residentIds = residentId === null ? [] : await residentAliases(reader, residentId)
  const [name, place, owed, outages] = await Promise.all([
    ownNameOf(reader, ctx, { householdId: home.id, residentIds }),
    placesOfHouseholds(reader, [home.id]),
    owedOfHousehold(ctx, home),
    knownOutages(ctx, home.id),
  ])
  return {
    称呼: name === null || name === '' ? '住户' : `${[...name][0] ?? ''}先生/女士`,
    // Down to the building; nobody need see the door to say it.
    住址: placeWords(place.get(home.id)?.fullName),
    欠费: owed.owedFen === null ? null : `${formatYuan(owed.owedFen)} 元`,
    到期日: dueWords(owed.bills),
    停供: outageWords(outages[0], ctx.clock.now()),
    客服,
  }
}

function placeWords(fullName: string | undefined): string | null {
  if (fullName === undefined || fullName === '') return null
  return fullName.split('/').slice(0, 3).slice(-2).join('')
}

function dueWords(
  bills: readonly { readonly leftFen: number; readonly dueOn: string | null }[],
): string | null {
  const [first] = bills.flatMap(({ leftFen, dueOn }) => (leftFen > 0 && dueOn !== null ? [dueOn] : [])).sort()
  if (first === undefined) return null
  const [, month = '', day = ''] = first.split('-')
  return `${Number(month)}月${Number(day)}日`
}

function outageWords(
  outage: { readonly title: string; readonly until: number | null } | undefined,
  now: number,
): string | null {
  if (!outage) return null
  return outage.until === null
    ? `${outage.title}，正在抢修`
    : `${outage.title}，预计${whenInWords(outage.until, now)}恢复`
}
