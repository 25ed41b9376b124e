import { Button } from 'antd'
import type { DeskRequest } from '../../api/types'
import { timeOf } from '../../kit/format'
import { useMay } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { requestWords } from './words'

interface WaitingUrgesProps {
  readonly request: DeskRequest
  readonly onAnswer: () => void
}

/** Urges that nobody has answered, with the last thing that was said. */
export function WaitingUrges({ request, onAnswer }: WaitingUrgesProps) {
  const words = useWords(requestWords)
  const may = useMay()
  if (request.urgesWaiting === 0) return null
  const last = request.steps.findLast(({ kind }) => kind === 'urged')
  return (
    <div className="urges-waiting" role="status">
      <b>{words.urgesWaiting(request.urgesWaiting)}</b>
      {last === undefined ? null : <span className="num quiet">{timeOf(last.at)}</span>}
      {last?.words && last.wordsCheck !== 'hidden' ? <span className="ellipsis">{last.words}</span> : null}
      <span className="grow" />
      {may('desk.reply') ? (
        <Button size="small" type="primary" onClick={onAnswer}>
          {words.answerUrge}
        </Button>
      ) : null}
    </div>
  )
}
