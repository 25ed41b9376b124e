import type { NoticeAct, NoticeRow } from '../../../api/types'
import type { noticePageWords } from './words'

/** From what is least to what is most: the last one stands at the right. */
const order: readonly NoticeAct[] = [
  'discard',
  'test-send',
  'cancel',
  'correct',
  'refuse',
  'extend',
  'save',
  'restore',
  'approve',
  'stop',
]

const dangerous: readonly NoticeAct[] = ['stop', 'discard', 'cancel']
/** What one comes for; the first of these that may be done is the main button. */
const wanted: readonly NoticeAct[] = ['approve', 'restore', 'save']

interface HeadAct {
  readonly act: NoticeAct
  readonly look: 'first' | 'danger' | 'plain'
}

/**
 * Buttons of a notice; publishing is left to the editor, where the numbers stand. What has not begun
 * cannot be over: it is cancelled.
 */
export function headActs(acts: readonly NoticeAct[], begun: boolean): HeadAct[] {
  const main = wanted.find((act) => acts.includes(act))
  return (
    order
      .filter((act) => acts.includes(act) && (begun || act !== 'restore'))
      // Who wrote it changes it; only who could agree sends it back.
      .filter((act) => act !== 'refuse' || acts.includes('approve'))
      .map((act) => ({
        act,
        look: dangerous.includes(act) ? 'danger' : act === main ? 'first' : 'plain',
      }))
  )
}

/** What an act is called at this notice: nothing is being sent before its hour, and an announcement stops no supply. */
export function actName(
  act: NoticeAct,
  { kind, state }: Pick<NoticeRow, 'kind' | 'state'>,
  words: (typeof noticePageWords)['en'],
): string {
  if (act === 'stop' && state === 'scheduled') return words.unschedule
  if (act === 'cancel' && kind === 'general') return words.withdraw
  if (act === 'discard' && state !== 'draft') return words.remove
  if (act === 'save' && state === 'draft') return words.continueDraft
  return words.actOf[act]
}
