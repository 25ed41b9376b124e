import type { NoticeRow } from '../../api/types'
import { useWords } from '../../words/language'
import { noticeWords } from './words'

type Tone = 'ok' | 'warn' | 'bad' | 'quiet' | 'go'

const stateTones: Record<NoticeRow['state'], Tone> = {
  draft: 'quiet',
  waiting: 'warn',
  scheduled: 'go',
  live: 'go',
  restored: 'ok',
  cancelled: 'quiet',
  ended: 'quiet',
}
const shownTones: Record<NoticeRow['shown'], Tone> = {
  planned: 'go',
  'under-way': 'bad',
  extended: 'warn',
  restored: 'ok',
  cancelled: 'quiet',
  general: 'go',
}

type Standing = Pick<NoticeRow, 'state' | 'shown'>

/** What residents read it as once they read it; before and after that where it stands with us. */
export function noticeStateWords({ state, shown }: Standing, words: (typeof noticeWords)['en']): string {
  return state === 'live' ? words.shownOf[shown] : words.stateOf[state]
}

export function NoticeTag({ notice }: { readonly notice: Standing }) {
  const words = useWords(noticeWords)
  const tone = notice.state === 'live' ? shownTones[notice.shown] : stateTones[notice.state]
  return <span className={`chip chip-${tone}`}>{noticeStateWords(notice, words)}</span>
}
