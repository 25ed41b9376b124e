import type { MoveInput } from '../../api/types'

export type DeskMove = MoveInput['move']

/** Next steps first, endings last; `dispatch`, `merge` and `split` have dialogs of their own. */
const order: readonly DeskMove[] = [
  'accept',
  'resume',
  'resolve',
  'close',
  'reopen',
  'hold',
  'return',
  'cancel',
]

/** Buttons for the moves that the server allows now; what this page does not know is not shown. */
export const deskMoves = (moves: readonly string[]): readonly DeskMove[] =>
  order.filter((move) => moves.includes(move))

/** What the dialog asks for: words for the resident, a reason, or nothing that must be there. */
export type Asks = 'result' | 'reason' | 'optional'
const asks: Record<DeskMove, Asks> = {
  accept: 'optional',
  resume: 'optional',
  close: 'optional',
  resolve: 'result',
  reopen: 'reason',
  hold: 'reason',
  return: 'reason',
  cancel: 'reason',
}
export const asksFor = (move: DeskMove): Asks => asks[move]

/** Moves that are made at once: nothing is asked, and the next move takes them back. */
export const isPlain = (move: DeskMove): boolean => move === 'accept' || move === 'resume'

export const isReady = (move: DeskMove, words: string): boolean =>
  asksFor(move) === 'optional' || words.trim().length >= 2

/** What goes to the server: a field is there only when the move has it. */
export function moveInput(
  move: DeskMove,
  given: { words: string; holdReason: MoveInput['holdReason']; until: number | null; fileIds: string[] },
): MoveInput {
  const words = given.words.trim()
  return {
    move,
    fileIds: given.fileIds,
    ...(words !== '' && { words }),
    ...(move === 'hold' && given.holdReason && { holdReason: given.holdReason }),
    ...(move === 'hold' && given.until !== null && { until: given.until }),
  }
}
