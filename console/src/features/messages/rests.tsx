import { Button } from 'antd'
import { useState } from 'react'
import type { MessageReport } from '../../api/types'
import { channelName } from '../../kit/channels'
import { timeOf } from '../../kit/format'
import { useMay } from '../../kit/me-context'
import { ReasonDialog } from '../../kit/reason-dialog'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useResume } from './api/read-report'
import { messageWords } from './words'

type Rest = MessageReport['rests'][number]

/** Channels and templates that rest, why, and until when; a supervisor lets them go on. */
export function Rests({ rests }: Pick<MessageReport, 'rests'>) {
  const words = useWords(messageWords)
  const kit = useWords(kitWords)
  const may = useMay()
  const [resuming, setResuming] = useState<Rest | null>(null)
  const nameOf = ({ channel, templateId }: Rest): string =>
    templateId === '*'
      ? channelName(channel, kit)
      : `${channelName(channel, kit)} ${words.restTemplate(templateId)}`
  return (
    <section className="card" aria-labelledby="channel-rests">
      <h2 id="channel-rests">{words.rests}</h2>
      {rests.length === 0 ? <p className="tone-ok">{words.restsNone}</p> : null}
      <ul className="lines">
        {rests.map((rest) => (
          <li key={`${rest.channel}-${rest.templateId}`}>
            <span className="grow">
              <b>{nameOf(rest)}</b>
              <br />
              <span className="tone-warn">{rest.reason ?? kit.unknown}</span>
              <br />
              <span className="quiet num">
                {words.restSince(timeOf(rest.since))} ·{' '}
                {rest.until === null ? words.restHeld : words.restUntil(timeOf(rest.until))}
              </span>
            </span>
            {may('messages.resume') ? (
              <Button
                size="small"
                aria-label={words.resumeOf(nameOf(rest))}
                onClick={() => setResuming(rest)}
              >
                {words.resume}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {resuming === null ? null : (
        <ResumeDialog rest={resuming} name={nameOf(resuming)} onClose={() => setResuming(null)} />
      )}
    </section>
  )
}

interface ResumeDialogProps {
  readonly rest: Rest
  readonly name: string
  readonly onClose: () => void
}

function ResumeDialog({ rest, name, onClose }: ResumeDialogProps) {
  const words = useWords(messageWords)
  const { done } = useSay()
  const resume = useResume()
  const { channel, templateId } = rest
  return (
    <ReasonDialog
      title={words.resumeTitle(name)}
      text={words.resumeText}
      okText={words.resume}
      pending={resume.isPending}
      error={resume.error}
      onSubmit={(reason) =>
        resume.mutate(
          { channel, templateId, reason },
          {
            onSuccess: () => {
              done(words.resumed)
              onClose()
            },
          },
        )
      }
      onClose={onClose}
    />
  )
}
