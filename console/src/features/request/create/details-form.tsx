import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { ActInput, Output, ResidentType } from '../../../api/types'
import { Failed } from '../../../kit/loaded'
import { pastedFiles, UploadStrip } from '../../../kit/upload-strip'
import { useUploads } from '../../../kit/use-uploads'
import { useWords } from '../../../words/language'
import { useCreate } from '../api/create-request'
import { createInput, type Draft, emptyDraft, missingIn } from './draft'
import { Questions } from './questions'
import { useVisit, VisitField } from './visit-choice'
import { createWords } from './words'

interface DetailsFormProps {
  readonly head: Pick<ActInput<'desk.create'>, 'companyId' | 'catalogueVersion' | 'callerKind'>
  readonly type: ResidentType
  readonly householdId: string | null
  readonly onCreated: (answer: Output<'desk.create'>) => void
}

export function DetailsForm({ head, type, householdId, onCreated }: DetailsFormProps) {
  const words = useWords(createWords)
  const create = useCreate()
  const uploads = useUploads(6)
  const visit = useVisit(householdId)
  const [given, setGiven] = useState<Draft>(emptyDraft)
  const set = (next: Partial<Draft>): void => setGiven((before) => ({ ...before, ...next }))
  // The gate stands before this form, so whoever is here has passed it.
  const draft: Draft = {
    ...given,
    householdId,
    fileIds: uploads.fileIds,
    holdId: visit.held?.holdId ?? null,
    gatePassed: true,
  }
  const missing = missingIn(type, draft)
  const names = [...missing.needs.map((need) => words.need[need]), ...missing.questions]
  const submit = (): void => create.mutate(createInput(head, type.id, draft), { onSuccess: onCreated })
  return (
    <>
      <p className="quiet">{type.promise ?? words.priceless}</p>
      <Said value={given.words} onChange={(said) => set({ words: said })} onPictures={uploads.add} />
      <Questions
        questions={type.questions}
        answers={given.answers}
        onAnswer={(code, answer) => set({ answers: { ...given.answers, [code]: answer } })}
      />
      <Form.Item
        label={words.address}
        required={type.place === 'required' && householdId === null}
        htmlFor="new-address"
      >
        <Input
          id="new-address"
          maxLength={120}
          value={given.addressText}
          onChange={(event) => set({ addressText: event.target.value })}
        />
      </Form.Item>
      <Contact draft={draft} onChange={set} />
      {type.appointment === 'none' ? null : (
        <VisitField companyId={head.companyId} typeId={type.id} {...visit} />
      )}
      {type.photo === 'none' ? null : (
        <Form.Item label={words.photos}>
          <UploadStrip uploads={uploads} />
        </Form.Item>
      )}
      {create.error ? <Failed error={create.error} /> : null}
      <Button
        type="primary"
        size="large"
        disabled={names.length > 0 || uploads.busy}
        loading={create.isPending}
        onClick={submit}
      >
        {words.submit}
      </Button>{' '}
      {names.length > 0 ? <span className="quiet">{words.missing(names.join('、'))}</span> : null}
    </>
  )
}

interface SaidProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onPictures: (files: readonly File[]) => void
}

function Said({ value, onChange, onPictures }: SaidProps) {
  const words = useWords(createWords)
  return (
    <Form.Item label={words.words} required htmlFor="new-words">
      <Input.TextArea
        id="new-words"
        rows={3}
        maxLength={500}
        showCount
        placeholder={words.wordsHint}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onPaste={(event) => onPictures(pastedFiles(event))}
      />
    </Form.Item>
  )
}

function Contact({
  draft,
  onChange,
}: {
  readonly draft: Draft
  readonly onChange: (next: Partial<Draft>) => void
}) {
  const words = useWords(createWords)
  return (
    <div className="form-row">
      <Form.Item label={words.contactName} htmlFor="new-name">
        <Input
          id="new-name"
          maxLength={20}
          value={draft.contactName}
          onChange={(event) => onChange({ contactName: event.target.value })}
        />
      </Form.Item>
      <Form.Item
        label={words.contactPhone}
        htmlFor="new-phone"
        required={draft.householdId === null}
        extra={words.contactHint}
      >
        <Input
          id="new-phone"
          inputMode="tel"
          maxLength={13}
          value={draft.contactPhone}
          onChange={(event) => onChange({ contactPhone: event.target.value })}
        />
      </Form.Item>
    </div>
  )
}
