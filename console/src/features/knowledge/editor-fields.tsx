import { Button, Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useCompanies } from '../../kit/companies'
import { useMe } from '../../kit/me-context'
import { pastedFiles, UploadStrip } from '../../kit/upload-strip'
import type { Uploads } from '../../kit/use-uploads'
import { useWords } from '../../words/language'
import { useTypesOf } from './api'
import { DayField } from './day-field'
import { type Draft, mayBePublic, questionsFrom } from './draft'
import { articleWords, knowledgeWords } from './words'

interface EditorFieldsProps {
  readonly draft: Draft
  readonly set: (next: Partial<Draft>) => void
  readonly uploads: Uploads
  readonly isNew: boolean
}

const kinds = ['qa', 'article', 'case', 'template'] as const
const audiences = ['public', 'internal'] as const
const lives = ['arrears', 'outage', 'requests', 'visit'] as const

export function EditorFields({ draft, set, uploads, isNew }: EditorFieldsProps) {
  const words = useWords(articleWords)
  return (
    <Form layout="vertical" component="div">
      <KindFields draft={draft} set={set} isNew={isNew} />
      <Form.Item label={words.name} htmlFor="article-title" required>
        <Input
          id="article-title"
          maxLength={80}
          placeholder={words.nameHint}
          value={draft.title}
          onChange={(event) => set({ title: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={words.body} htmlFor="article-body" required extra={words.bodyHint}>
        <Input.TextArea
          id="article-body"
          autoSize={{ minRows: 10, maxRows: 24 }}
          maxLength={20_000}
          value={draft.body}
          onChange={(event) => set({ body: event.target.value })}
          onPaste={(event) => uploads.add(pastedFiles(event))}
        />
      </Form.Item>
      <Questions draft={draft} set={set} />
      <Form.Item label={words.files2}>
        {draft.fileIds.length === 0 ? null : (
          <p>
            {words.kept(draft.fileIds.length)}{' '}
            <Button size="small" onClick={() => set({ fileIds: [] })}>
              {words.dropFiles}
            </Button>
          </p>
        )}
        <UploadStrip uploads={uploads} />
      </Form.Item>
      <Days draft={draft} set={set} />
      {isNew ? null : (
        <Form.Item label={words.whatChanged} htmlFor="article-change" required>
          <Input
            id="article-change"
            maxLength={200}
            placeholder={words.whatChangedHint}
            value={draft.whatChanged}
            onChange={(event) => set({ whatChanged: event.target.value })}
          />
        </Form.Item>
      )}
    </Form>
  )
}

type Fields = Pick<EditorFieldsProps, 'draft' | 'set'>

function KindFields({ draft, set, isNew }: Fields & { readonly isNew: boolean }) {
  const words = useWords(articleWords)
  const list = useWords(knowledgeWords)
  const companies = useCompanies(useMe())
  const types = useTypesOf(draft.companyId)
  return (
    <div className="form-row">
      {companies.length > 1 ? (
        <Form.Item label={words.company} htmlFor="article-company">
          <Select
            id="article-company"
            disabled={!isNew}
            value={draft.companyId}
            options={companies.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(companyId) => set({ companyId, typeIds: [] })}
          />
        </Form.Item>
      ) : null}
      <Form.Item label={words.kind} htmlFor="article-kind">
        <Select
          id="article-kind"
          value={draft.kind}
          options={kinds.map((value) => ({ value, label: list.kindOf[value] }))}
          onChange={(kind) => set(mayBePublic(kind) ? { kind } : { kind, audience: 'internal' })}
        />
      </Form.Item>
      <Form.Item label={words.audience}>
        <Radio.Group
          aria-label={words.audience}
          optionType="button"
          disabled={!mayBePublic(draft.kind)}
          value={draft.audience}
          options={audiences.map((value) => ({ value, label: list.audienceOf[value] }))}
          onChange={(event) => set({ audience: event.target.value as Draft['audience'] })}
        />
      </Form.Item>
      <Form.Item label={words.types2} htmlFor="article-types" className="wide">
        <Select
          id="article-types"
          mode="multiple"
          maxCount={10}
          value={draft.typeIds}
          options={(types.data?.types ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(typeIds) => set({ typeIds })}
        />
      </Form.Item>
      <Form.Item label={words.live2} htmlFor="article-live" className="wide">
        <Select
          id="article-live"
          mode="multiple"
          value={draft.live}
          options={lives.map((value) => ({ value, label: list.liveOf[value] }))}
          onChange={(live) => set({ live })}
        />
      </Form.Item>
    </div>
  )
}

/** What is typed stays as it is typed; only what is kept is put in order. */
function Questions({ draft, set }: Fields) {
  const words = useWords(articleWords)
  const [text, setText] = useState(() => draft.questions.join('\n'))
  return (
    <Form.Item label={words.questions} htmlFor="article-questions" extra={words.questionsHint}>
      <Input.TextArea
        id="article-questions"
        autoSize={{ minRows: 3, maxRows: 10 }}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          set({ questions: questionsFrom(event.target.value) })
        }}
      />
    </Form.Item>
  )
}

function Days({ draft, set }: Fields) {
  const words = useWords(articleWords)
  return (
    <div className="form-row">
      <Form.Item label={words.validFrom2} htmlFor="article-from">
        <DayField id="article-from" value={draft.validFrom} onChange={(validFrom) => set({ validFrom })} />
      </Form.Item>
      <Form.Item label={words.validUntil2} htmlFor="article-until">
        <DayField
          id="article-until"
          value={draft.validUntil}
          onChange={(validUntil) => set({ validUntil })}
        />
      </Form.Item>
      <Form.Item label={words.review2} htmlFor="article-review" required>
        <DayField
          id="article-review"
          value={draft.reviewAt}
          onChange={(at) => at !== null && set({ reviewAt: at })}
        />
      </Form.Item>
    </div>
  )
}
