import { Alert, Button, Input, Segmented, Select } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type ReactNode, type Ref, useState } from 'react'
import type { DeskRequest } from '../../api/types'
import { useMay } from '../../kit/me-context'
import { pastedFiles, UploadStrip } from '../../kit/upload-strip'
import { useWords } from '../../words/language'
import { draftOf, keepDraft } from '../../kit/drafts'
import { useSend } from './use-send'
import { requestWords } from './words'

export type ComposerMode = 'reply' | 'note'

interface ComposerProps {
  readonly request: DeskRequest
  readonly mode: ComposerMode
  readonly onMode: (mode: ComposerMode) => void
  readonly field: Ref<TextAreaRef>
  /** Reply templates, from their own feature: they give their text, filled in. */
  readonly renderTemplates: (onPick: (text: string) => void) => ReactNode
}

/** Answers the resident, or notes something for colleagues; the colour says which. */
export function Composer({ request, mode, onMode, field, renderTemplates }: ComposerProps) {
  const words = useWords(requestWords)
  const may = useMay()
  const [text, setText] = useState(() => draftOf(request.id, mode))
  const change = (next: string): void => {
    setText(next)
    keepDraft(request.id, mode, next)
  }
  const send = useSend(request, mode, () => change(''))
  const modes = (['reply', 'note'] as const).filter((one) => may(`desk.${one}`))
  if (modes.length === 0) return null
  return (
    <section className={`composer composer-${mode}`} aria-label={words[mode]}>
      <div className="composer-head">
        <Segmented
          options={modes.map((value) => ({ value, label: words[value] }))}
          value={mode}
          onChange={(next) => onMode(next)}
          size="small"
        />
        {mode === 'reply' ? <ReplyTo request={request} value={send.to} onChange={send.setTo} /> : null}
        <span className="grow" />
        {mode === 'reply'
          ? renderTemplates((picked) => change(text === '' || text === '/' ? picked : `${text}${picked}`))
          : null}
      </div>
      {send.conflict === null ? null : <Alert type="warning" showIcon title={send.conflict} role="alert" />}
      <Input.TextArea
        ref={field}
        aria-label={words[mode]}
        variant="borderless"
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={mode === 'reply' ? 500 : 1000}
        placeholder={mode === 'reply' ? words.replyHint : words.noteHint}
        value={text}
        onChange={(event) => change(event.target.value)}
        onPaste={(event) => send.uploads.add(pastedFiles(event))}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send.submit(text)
          if (event.key === 'Escape') event.currentTarget.blur()
          if (event.key === '/' && text === '') document.getElementById('pick-template')?.click()
        }}
      />
      <div className="composer-foot">
        <UploadStrip uploads={send.uploads} />
        <span className="grow" />
        <Button
          type="primary"
          disabled={text.trim() === '' || send.uploads.busy}
          loading={send.pending}
          onClick={() => send.submit(text)}
        >
          {mode === 'reply' ? words.send : words.saveNote}
        </Button>
      </div>
    </section>
  )
}

export type ReplyTarget = 'resident' | 'urge' | 'rating'

interface ReplyToProps {
  readonly request: DeskRequest
  readonly value: ReplyTarget
  readonly onChange: (to: ReplyTarget) => void
}

function ReplyTo({ request, value, onChange }: ReplyToProps) {
  const words = useWords(requestWords)
  const targets = (['resident', 'urge', 'rating'] as const).filter(
    (to) =>
      to === 'resident' ||
      (to === 'urge' ? request.urges > 0 : request.rating !== null && request.rating.reply === null),
  )
  if (targets.length === 1) return null
  return (
    <Select
      size="small"
      aria-label={words.replyTo}
      value={value}
      options={targets.map((to) => ({ value: to, label: words.replyToOf[to] }))}
      onChange={onChange}
      popupMatchSelectWidth={false}
    />
  )
}
