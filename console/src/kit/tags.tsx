import { useWords } from '../words/language'
import type { RequestState } from '../api/types'
import { kitWords } from './words'

const tones: Record<RequestState, 'ok' | 'warn' | 'bad' | 'quiet' | 'go'> = {
  submitted: 'warn',
  accepted: 'go',
  dispatched: 'go',
  'on-the-way': 'go',
  'on-site': 'go',
  'on-hold': 'warn',
  resolved: 'ok',
  closed: 'quiet',
  returned: 'bad',
  merged: 'quiet',
  cancelled: 'quiet',
}

export function StateTag({ state }: { readonly state: RequestState }) {
  const words = useWords(kitWords)
  return <span className={`chip chip-${tones[state]}`}>{words.state[state]}</span>
}

/** Only what is out of the ordinary is worth a mark: urgent and high. */
export function PriorityTag({ priority }: { readonly priority: number }) {
  const words = useWords(kitWords)
  if (priority > 2) return null
  return (
    <span className={`chip ${priority === 1 ? 'chip-bad' : 'chip-warn'}`}>
      {priority === 1 ? words.priority.p1 : words.priority.p2}
    </span>
  )
}
