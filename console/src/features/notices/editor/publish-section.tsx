import { Button, Form, Input, type InputRef, Radio } from 'antd'
import { type RefObject, useRef, useState } from 'react'
import { useNow } from '../../../kit/now'
import { WallClock } from '../../../kit/wall-clock'
import { useWords } from '../../../words/language'
import { ConfirmDialog } from './confirm-dialog'
import type { EditorState } from './use-editor'
import { editorWords } from './words'

export interface Publishing {
  readonly leadReason: string
  /** Null: at once. */
  readonly publishAt: number | null
}

const leastReason = 4

/** When it goes out, why all the same where a rule is broken, and the button. */
export function PublishSection({ editor }: { readonly editor: EditorState }) {
  const words = useWords(editorWords)
  const [leadReason, setLeadReason] = useState('')
  const [later, setLater] = useState(false)
  const [publishAt, setPublishAt] = useState<number | null>(null)
  const [pressed, setPressed] = useState(false)
  const [confirming, setConfirming] = useState(false)
  const field = useRef<InputRef>(null)
  const { preview, gaps, conflict } = editor
  const broken = preview?.lead.broken ?? false
  const noReason = broken && leadReason.trim().length < leastReason
  const now = useNow()
  const badTime = later && (publishAt === null || publishAt <= now)
  const publish = (): void => {
    setPressed(true)
    if (noReason) {
      field.current?.focus()
      return
    }
    if (badTime) return
    setConfirming(true)
    // What was written since the last count is saved and counted before anybody may confirm.
    if (editor.fresh === null && preview?.state !== 'counting') void editor.recount()
  }
  const label = preview?.needsApproval ? words.askApproval : later ? words.schedule : words.publish
  return (
    <section className="card" aria-labelledby="step-publish">
      <h2 id="step-publish">{words.step3}</h2>
      {broken ? (
        <LeadReason value={leadReason} onChange={setLeadReason} missing={pressed && noReason} field={field} />
      ) : null}
      <div className="form-row">
        <Form.Item label={words.when}>
          <Radio.Group
            aria-label={words.when}
            optionType="button"
            options={[
              { value: false, label: words.whenNow },
              { value: true, label: words.whenLater },
            ]}
            value={later}
            onChange={(event) => setLater(event.target.value === true)}
          />
        </Form.Item>
        {later ? (
          <Form.Item
            label={words.publishAt}
            htmlFor="publish-at"
            {...(pressed && badTime && { validateStatus: 'error' as const, help: words.publishAtPast })}
          >
            <WallClock id="publish-at" value={publishAt} onChange={setPublishAt} />
          </Form.Item>
        ) : null}
      </div>
      <Button type="primary" size="large" disabled={gaps.length > 0 || conflict !== null} onClick={publish}>
        {label}
      </Button>
      {confirming ? (
        <ConfirmDialog
          editor={editor}
          publishing={{ leadReason: leadReason.trim(), publishAt: later ? publishAt : null }}
          onClose={() => setConfirming(false)}
        />
      ) : null}
    </section>
  )
}

interface LeadReasonProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly missing: boolean
  readonly field: RefObject<InputRef>
}

function LeadReason({ value, onChange, missing, field }: LeadReasonProps) {
  const words = useWords(editorWords)
  return (
    <Form.Item
      label={words.leadReason}
      htmlFor="lead-reason"
      {...(missing && { validateStatus: 'error' as const, help: words.leadReasonNeeded })}
    >
      <Input
        id="lead-reason"
        ref={field}
        maxLength={200}
        placeholder={words.leadReasonHint}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Form.Item>
  )
}
