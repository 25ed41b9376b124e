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

/** What residents read it as once they read it; before and after that where it stands with us. */
export function NoticeTag({ notice }: { readonly notice: Pick<NoticeRow, 'state' | 'shown'> }) {
  const words = useWords(noticeWords)
  const { state, shown } = notice
  if (state === 'live')
    return <span className={`chip chip-${shownTones[shown]}`}>{words.shownOf[shown]}</span>
  return <span className={`chip chip-${stateTones[state]}`}>{words.stateOf[state]}</span>
}
