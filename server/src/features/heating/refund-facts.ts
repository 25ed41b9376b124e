/** What is known of one case: everything a refund is reckoned from. Times are epoch ms, temperatures tenths of ℃. */
export interface RefundFacts {
  readonly requestedAt: number
  /** The first measurement and every re-test, in the order of their requests. */
  readonly rounds: readonly Round[]
  /** The fee of the whole season; null where no bill says it. */
  readonly feeFen: number | null
  /** First and last day of the season, both heated; null where nobody has said them. */
  readonly season: { readonly from: string; readonly to: string } | null
  /** When there was no heat at all, each a span that was counted once. */
  readonly stops: readonly Stop[]
  /** What other cases of the household give back for this season. */
  readonly claimed: Claimed
  /** Until when it is reckoned while nothing has ended it. */
  readonly asOf: number
}

export interface Stop {
  readonly fromAt: number
  readonly untilAt: number
}

export interface Claimed {
  readonly stops: readonly Stop[]
  /** First and last of cold days in a row. */
  readonly days: readonly { readonly from: string; readonly to: string }[]
}

export interface Round {
  readonly requestedAt: number
  /** Set when the company had not come by then. */
  readonly missedAt: number | null
  readonly visits: readonly MeasureVisit[]
}

export interface MeasureVisit {
  readonly at: number
  readonly readings: readonly RoomReading[]
  /** `open`: neither signed nor refused yet. */
  readonly resident: 'signed' | 'refused' | 'open'
  readonly companySigned: boolean
}

export interface RoomReading {
  readonly room: string
  readonly tenths: number
  /** How long doors and windows had been closed, and how high above the floor, where it was written down. */
  readonly windowsClosedMinutes?: number | undefined
  readonly heightCm?: number | undefined
}
