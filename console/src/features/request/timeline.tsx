import type { DeskRequest } from '../../api/types'
import { clockOf, today } from '../../kit/format'
import { Photos } from '../../kit/photos'
import { useWords } from '../../words/language'
import { FlaggedWords } from './flagged-words'
import { HeldFiles } from './held-files'
import { byDay, bubbleOf } from './thread'
import { requestWords } from './words'

type Step = DeskRequest['steps'][number]

/** Everything that happened, grouped by day: residents at the left, we at the right, the system between. */
export function Timeline({ request }: { readonly request: DeskRequest }) {
  const words = useWords(requestWords)
  const now = today()
  return (
    <div className="thread">
      {byDay(request.steps).map(({ day, steps }) => (
        <div key={day} className="thread-day">
          <h2 className="day num">{day === now ? words.today : day}</h2>
          <ol>
            {steps.map((step) => (
              <StepItem key={step.id} requestId={request.id} step={step} reported={request.files} />
            ))}
          </ol>
        </div>
      ))}
    </div>
  )
}

interface StepProps {
  readonly requestId: string
  readonly step: Step
  /** Files of the report itself, which are shown and judged where the report stands, and not again here. */
  readonly reported: DeskRequest['files']
}

function StepItem({ requestId, step, reported }: StepProps) {
  const words = useWords(requestWords)
  const side = bubbleOf(step)
  const own = step.files.filter(({ fileId }) => !reported.some((file) => file.fileId === fileId))
  return (
    <li className={`step step-${side}`}>
      <div className="bubble">
        <div className="step-head">
          {step.internal ? <b className="note-word">{words.internal}</b> : null}
          {step.internal && step.kind === 'note' ? null : <span>{step.title}</span>}
          <time className="num quiet" dateTime={new Date(step.at).toISOString()}>
            {clockOf(step.at)}
          </time>
          {step.byName === null ? null : <span className="quiet">{step.byName}</span>}
        </div>
        {step.words === null ? null : (
          <FlaggedWords requestId={requestId} stepId={step.id} state={step.wordsCheck} name={step.title}>
            <p className="said">{step.words}</p>
          </FlaggedWords>
        )}
        <Photos files={own} />
        <HeldFiles files={own} />
      </div>
    </li>
  )
}
