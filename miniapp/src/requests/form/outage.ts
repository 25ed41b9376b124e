import type { Precheck } from '../../api/types'
import { ahead } from '../../format'
import { said } from '../words'

export type Outage = Precheck['outages'][number]

/** When an outage is expected to be over; an end that has passed is no promise any more. */
export function outageWhen({ until }: Pick<Outage, 'until'>, nowMs: number): string {
  if (until === null) return said.before.outageOpen
  return until <= nowMs ? said.before.outageLate : said.before.outageUntil(ahead(until, nowMs))
}

/** What is known before the form; who asks again on purpose is not shown what they reported themselves. */
export const knownBefore = (precheck: Precheck, again: boolean): Precheck =>
  again ? { ...precheck, similar: precheck.similar.filter(({ own }) => !own) } : precheck
