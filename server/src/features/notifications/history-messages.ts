import { AppError } from '../../core/errors'
import { maskPhoneForStaff } from '../../core/mask'
import { type Ctx, staffOf } from '../../platforms/context'
import { type DeskHousehold, deskHouseholds, homesOf } from '../households'
import { peopleToReach } from '../identity'
import { inScope } from '../staff'
import type { DeliveryRow, MessageRow } from './entities'
import { messagesAbout } from './history-store'
import { readable, type ReadableMessage } from './inbox-message'
import { deliveriesOf } from './outgoing-store'
import { DELIVERY_WORDS, MESSAGE_WORDS } from './state-words'

/**
 * Everything said to the residents of one household that is about it or about its company, newest first, with each
 * attempt. What other companies said to the same people is not among it. Errors: not_found outside one's scope.
 */
export async function historyMessages(
  ctx: Ctx,
  input: { householdId: string; cursor?: string | undefined; limit: number },
) {
  const { reader } = ctx.db
  const household = (await deskHouseholds(ctx, [input.householdId])).get(input.householdId)
  if (!household || !inScope(staffOf(ctx), household)) throw new AppError('not_found')
  const home = (await homesOf(reader, [household.id])).get(household.id)
  const people = await peopleToReach(reader, [...(home?.residents ?? [])])
  const residentIds = [...new Set([...people.values()].flatMap(({ aliases }) => aliases))]
  if (residentIds.length === 0) return { items: [], nextCursor: null }
  const rows = await messagesAbout(reader, {
    residentIds,
    ...aboutOf(ctx, household),
    before: input.cursor ?? null,
    limit: input.limit + 1,
  })
  const shown = await readable(reader, rows.slice(0, input.limit))
  const attempts = await deliveriesOf(
    reader,
    shown.map(({ row }) => row.id),
  )
  const phones = new Map(
    [...people.values()].flatMap(({ aliases, phoneSealed }) => {
      const masked = phoneSealed === null ? null : maskPhoneForStaff(ctx.vault.open(phoneSealed))
      return aliases.map((id) => [id, masked] as const)
    }),
  )
  return {
    items: shown.map((message) =>
      itemOf(message, {
        residentMasked: phones.get(message.row.residentId) ?? null,
        attempts: attempts.filter(({ messageId }) => messageId === message.row.id),
      }),
    ),
    nextCursor: rows.length > input.limit ? (shown.at(-1)?.row.id ?? null) : null,
  }
}

/** Messages of no company (the portal's own) are for those who see every company. */
function aboutOf(ctx: Ctx, household: DeskHousehold) {
  return {
    householdId: household.id,
    companyId: household.companyId,
    ofNobody: staffOf(ctx).companies === null,
  }
}

function itemOf(
  { row, title }: ReadableMessage,
  known: { residentMasked: string | null; attempts: readonly DeliveryRow[] },
) {
  return {
    id: row.id,
    residentMasked: known.residentMasked,
    title,
    kind: row.template,
    state: row.state,
    stateWords: MESSAGE_WORDS[row.state],
    createdAt: Number(row.createdAt),
    readAt: row.readAt === null ? null : Number(row.readAt),
    attempts: [
      ...known.attempts.map((attempt) => ({
        channel: attempt.channel,
        state: attempt.state,
        words: DELIVERY_WORDS[attempt.state],
        code: attempt.platformCode,
        at: Number(attempt.startedAt),
        costFen: Number(attempt.costFen),
      })),
      ...underWay(row),
    ],
  }
}

function underWay({ trying, tryingSince }: MessageRow) {
  if (trying === null) return []
  const at = Number(tryingSince ?? 0)
  return [{ channel: trying, state: 'sending', words: DELIVERY_WORDS.sending, code: null, at, costFen: 0 }]
}
