import { useWords } from '../../words/language'
import { RequestShape, WorkerShape } from './marks'
import { mapWords } from './words'

const middle = { x: 12, y: 12 }

/** What shapes and colours mean. */
export function Legend() {
  const words = useWords(mapWords)
  const requests = [
    ['ok', words.onTime],
    ['warn', words.dueSoon],
    ['bad', words.overdue],
    ['none', words.noDue],
  ] as const
  const workers = [
    ['online', words.workerOnline],
    ['away', words.workerAway],
    ['offline', words.workerOffline],
  ] as const
  return (
    <ul className="legend" aria-label={words.legend}>
      {requests.map(([tone, name]) => (
        <li key={tone}>
          <svg width="24" height="24" aria-hidden>
            <RequestShape at={middle} unit={0.9} tone={tone} dashed={false} />
          </svg>
          {name}
        </li>
      ))}
      <li>
        <svg width="24" height="24" aria-hidden>
          <RequestShape at={middle} unit={0.9} tone="ok" dashed />
        </svg>
        {words.area}
      </li>
      {workers.map(([presence, name]) => (
        <li key={presence}>
          <svg width="24" height="24" aria-hidden>
            <WorkerShape at={middle} unit={0.9} presence={presence} letter="" />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}
