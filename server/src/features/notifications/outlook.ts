import { shanghaiDay } from '../../core/clock'
import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { type Home, homesOf } from '../households'
import { peopleToReach, type PersonToReach } from '../identity'
import { findBulks } from './bulk-store'
import type { BulkRow, DeliveryRow, MessageRow, RestRow } from './entities'
import { creditsOf, deliveriesOf, emailsOf, smsMonths, switchedOff } from './outgoing-store'
import { allRests } from './rest-store'
import { knownTemplate } from './templates'

const MINUTE_MS = 60_000

/** Everything that decides how a batch of messages goes on, read in one query of each kind. */
export interface Outlook {
  readonly now: number
  readonly people: ReadonlyMap<string, PersonToReach>
  readonly homes: ReadonlyMap<string, Home>
  readonly bulks: ReadonlyMap<string, BulkRow>
  readonly deliveries: ReadonlyMap<string, readonly DeliveryRow[]>
  /** `resident|template` of what somebody does not want pushed. */
  readonly off: ReadonlySet<string>
  /** `resident|channel|template id` → how many more; absent where nobody knows. */
  readonly credits: ReadonlyMap<string, number>
  readonly emails: ReadonlyMap<string, string>
  /** `channel|template id`, `*` for a whole channel. */
  readonly rests: ReadonlyMap<string, RestRow>
  /** Company → what its text messages cost this month. */
  readonly smsSpentFen: ReadonlyMap<string, number>
  readonly month: string
}

export type About = Pick<MessageRow, 'id' | 'residentId' | 'householdId' | 'bulkId' | 'attempts' | 'template'>

export async function readOutlook(reader: Reader, ctx: Ctx, messages: readonly About[]): Promise<Outlook> {
  const now = ctx.clock.now()
  const people = await peopleToReach(
    reader,
    messages.map(({ residentId }) => residentId),
  )
  const templates = [...new Set(messages.map(({ template }) => template))].flatMap(
    (name) => knownTemplate(name) ?? [],
  )
  const byMail = templates.some(({ channels }) => channels.some(({ name }) => name === 'email'))
  const ids = [...new Set([...people.values()].flatMap(({ aliases }) => aliases))]
  const livingOf = new Map([...people.values()].flatMap(({ id, aliases }) => aliases.map((one) => [one, id])))
  const deliveries = new Map<string, DeliveryRow[]>()
  // A message that nobody has claimed before has no deliveries.
  const tried = messages.filter(({ attempts }) => Number(attempts) > 0).map(({ id }) => id)
  for (const row of await deliveriesOf(reader, tried))
    deliveries.set(row.messageId, [...(deliveries.get(row.messageId) ?? []), row])
  const credits = new Map<string, number>()
  for (const row of await creditsOf(reader, ids)) {
    // The minute that a tap opens is for the answer to it.
    if (row.endsAt !== null && Number(row.endsAt) <= now + MINUTE_MS) continue
    const key = creditKey(livingOf.get(row.residentId) ?? row.residentId, row.channel, row.templateId)
    credits.set(key, (credits.get(key) ?? 0) + Number(row.credits))
  }
  const month = shanghaiDay(now).slice(0, 7)
  return {
    now,
    people,
    homes: await homesOf(
      reader,
      messages.flatMap(({ householdId }) => householdId ?? []),
    ),
    bulks: await findBulks(reader, [...new Set(messages.flatMap(({ bulkId }) => bulkId ?? []))]),
    deliveries,
    off: new Set(
      (await switchedOff(reader, templates.some(({ maySwitchOff }) => maySwitchOff) ? ids : [])).map(
        (row) => `${livingOf.get(row.residentId) ?? row.residentId}|${row.template}`,
      ),
    ),
    credits,
    emails: new Map(
      (await emailsOf(reader, byMail ? ids : [])).map((row) => [
        livingOf.get(row.residentId) ?? row.residentId,
        row.addressSealed ?? '',
      ]),
    ),
    rests: new Map((await allRests(reader)).map((row) => [restKey(row.channel, row.templateId), row])),
    smsSpentFen: new Map((await smsMonths(reader, month)).map((row) => [row.companyId, Number(row.costFen)])),
    month,
  }
}

export const isResting = (row: RestRow | undefined): boolean => row !== undefined && row.restsUntil !== null
export const creditKey = (residentId: string, channel: string, templateId: string): string =>
  `${residentId}|${channel}|${templateId}`
export const restKey = (channel: string, templateId = '*'): string => `${channel}|${templateId}`
