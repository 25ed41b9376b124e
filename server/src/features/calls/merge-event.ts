import type { CallRow, CallState } from './entities'
import type { SwitchEvent } from './switch-event'

/** What the events of one call come to, in whatever order and however often they arrive. */
export function mergeEvent(
  row: Pick<CallRow, 'answeredAt' | 'endedAt' | 'agentId' | 'lastEventAt' | 'startedAt'>,
  event: SwitchEvent,
  agentId: string | null,
): Pick<CallRow, 'answeredAt' | 'endedAt' | 'agentId' | 'lastEventAt' | 'startedAt' | 'state'> {
  const answeredAt = least(row.answeredAt, event.answeredAt)
  const endedAt = least(row.endedAt, event.endedAt)
  // A call that goes on to another telephone is that agent's; an event that names none moves nobody.
  const moves = event.extension !== null && event.at >= row.lastEventAt
  return {
    startedAt: Math.min(row.startedAt, event.startedAt),
    answeredAt,
    endedAt,
    state: stateOf(answeredAt, endedAt),
    agentId: moves ? agentId : row.agentId,
    lastEventAt: moves ? event.at : row.lastEventAt,
  }
}

export function stateOf(answeredAt: number | null, endedAt: number | null): CallState {
  if (endedAt === null) return answeredAt === null ? 'ringing' : 'talking'
  return answeredAt === null ? 'missed' : 'ended'
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}
