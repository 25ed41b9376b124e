import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ActInput, StepView } from '../../api/types'
import { useErrorText } from '../../kit/error-text'
import { useMay } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { useJudgeWords } from './api/judge-words'
import { keepRequest } from './api/keep-request'
import { ReasonButton } from './reason-button'
import { requestWords } from './words'

interface FlaggedWordsProps {
  readonly requestId: string
  /** The line of the timeline that they came with; null where nothing is in doubt. */
  readonly stepId: string | null
  readonly state: 'waiting' | 'hidden' | null
  /** What the words are called, for the names of the buttons. */
  readonly name: string
  /** The words themselves. */
  readonly children: ReactNode
}

/** Words of a resident: those in doubt with two buttons, those that were hidden under a cover. */
export function FlaggedWords(props: FlaggedWordsProps) {
  const { state, stepId, children } = props
  const words = useWords(requestWords)
  const may = useMay()
  const [uncovered, setUncovered] = useState(false)
  if (state === null || stepId === null) return <>{children}</>
  const isHidden = state === 'hidden'
  return (
    <>
      {isHidden && !uncovered ? (
        <p>
          <Button size="small" type="link" onClick={() => setUncovered(true)}>
            {words.wordsShow}
          </Button>
        </p>
      ) : (
        children
      )}
      <div className="held-files" role="group" aria-label={isHidden ? words.wordsHidden : words.wordsWaiting}>
        <div className="held-line">
          <span className="chip chip-warn">{isHidden ? words.wordsHidden : words.wordsWaiting}</span>
          <span className="quiet">{isHidden ? words.wordsHiddenText : words.wordsWaitingText}</span>
          {may('desk.judgeWords') ? (
            <>
              <Verdict {...props} stepId={stepId} verdict="fine" />
              {isHidden ? null : <Verdict {...props} stepId={stepId} verdict="hide" />}
            </>
          ) : null}
        </div>
      </div>
    </>
  )
}

interface VerdictProps {
  readonly requestId: string
  readonly stepId: StepView['id']
  readonly name: string
  readonly verdict: ActInput<'desk.judgeWords'>['verdict']
}

function Verdict({ requestId, stepId, name, verdict }: VerdictProps) {
  const words = useWords(requestWords)
  const textOf = useErrorText()
  const judge = useJudgeWords()
  return (
    <ReasonButton
      label={words.wordsDo[verdict]}
      name={name}
      question={words.wordsWhy[verdict]}
      hint={words.wordsReason}
      pending={judge.isPending}
      trouble={judge.error && textOf(judge.error)}
      onSubmit={(reason, done) =>
        judge.mutate(
          { requestId, stepId, verdict, reason },
          {
            onSuccess: (answer) => {
              done()
              keepRequest(answer)
            },
          },
        )
      }
    />
  )
}
