import type { Ctx } from '../../platforms/context'

export interface KnownOutage {
  readonly noticeId: string
  readonly title: string
  readonly until: number | null
  readonly subscribed: boolean
}

/**
 * The outages that cover a household now. Announcements are a feature of their own that comes later
 * (`notices.affecting`); until then no outage is known, and this is the one door through which they will come in.
 */
export async function knownOutages(_ctx: Ctx, _householdId: string | null): Promise<readonly KnownOutage[]> {
  return []
}
