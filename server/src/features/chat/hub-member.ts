import type { Ctx } from '../../platforms/context'
import type { FrameOut } from './frames'
import type { Looker } from './looker'

/** How far one member was given one conversation. */
export interface Watch {
  /** Everything up to here was written to the member, in order. */
  sent: number
  /** The conversation as the member was last shown it (room.ts); null before the first. */
  face: string | null
  /** The read marks that they were last told. */
  reads: string | null
  /** The place in the queue that they were last shown. */
  place: string | null
}

/** Whoever follows conversations: an open socket, or a request that waits for an answer. */
export interface Member {
  readonly ctx: Ctx
  readonly looker: Looker
  readonly watches: Map<string, Watch>
  /** Whether their lists are told of changes. */
  list: boolean
  /** News of lists that were not told yet, by conversation. */
  readonly pendingList: Map<string, ListReason>
  /** False when the member reads too slowly; then nothing was taken. */
  readonly give: (frame: FrameOut) => boolean
  /** They may no longer be here. */
  readonly end: (reason: string) => void
}

export type ListReason = Extract<FrameOut, { op: 'list' }>['why']

/** More conversations than this at once nobody reads; agents' lists are told of all without watching. */
export const WATCHES_MAX = 40
