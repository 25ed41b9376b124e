import { Checkbox, Form, Input, Radio, Select } from 'antd'
import type { NoticeDraft } from '../../../api/types'
import { useCompanies } from '../../../kit/companies'
import { useMe } from '../../../kit/me-context'
import { WallClock } from '../../../kit/wall-clock'
import { useWords } from '../../../words/language'
import { noticeWords } from '../words'
import { type Form as NoticeForm, withCompany } from './draft'
import type { EditorState } from './use-editor'
import { editorWords } from './words'

const minuteMs = 60_000
const kinds = ['planned', 'emergency', 'general'] as const

/** What residents will read. */
export function SaySection({ editor }: { readonly editor: EditorState }) {
  const words = useWords(editorWords)
  const { form, change } = editor
  return (
    <section className="card" aria-labelledby="step-say">
      <h2 id="step-say">{words.step1}</h2>
      <KindFields editor={editor} />
      <Form.Item label={words.title} htmlFor="notice-title">
        <Input
          id="notice-title"
          maxLength={40}
          showCount
          placeholder={words.titleHint}
          value={form.title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={words.words} htmlFor="notice-words">
        <Input.TextArea
          id="notice-words"
          maxLength={600}
          showCount
          rows={4}
          placeholder={words.wordsHint}
          value={form.words}
          onChange={(event) => change({ words: event.target.value })}
        />
      </Form.Item>
      <div className="form-row">
        <Form.Item label={words.reasonWords} htmlFor="notice-reason" className="wide">
          <Input
            id="notice-reason"
            maxLength={60}
            placeholder={words.reasonHint}
            value={form.reasonWords}
            onChange={(event) => change({ reasonWords: event.target.value })}
          />
        </Form.Item>
        <Form.Item label={words.phone} htmlFor="notice-phone">
          <Input
            id="notice-phone"
            maxLength={20}
            value={form.phone}
            onChange={(event) => change({ phone: event.target.value })}
          />
        </Form.Item>
      </div>
      <TimeFields form={form} change={change} />
    </section>
  )
}

function KindFields({ editor }: { readonly editor: EditorState }) {
  const words = useWords(editorWords)
  const notice = useWords(noticeWords)
  const companies = useCompanies(useMe())
  const { form, change, saved } = editor
  return (
    <div className="form-row">
      {companies.length > 1 ? (
        <Form.Item
          label={words.company}
          htmlFor="notice-company"
          {...(saved !== null && { extra: words.companyFixed })}
        >
          <Select
            id="notice-company"
            value={form.companyId}
            disabled={saved !== null}
            options={companies.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(companyId: string) => change((before) => withCompany(before, companyId))}
          />
        </Form.Item>
      ) : null}
      <Form.Item label={words.kind} className="wide" extra={words.kindHint[form.kind]}>
        <Radio.Group
          aria-label={words.kind}
          optionType="button"
          options={kinds.map((value) => ({ value, label: notice.kindOf[value] }))}
          value={form.kind}
          onChange={(event) => change(withKind(event.target.value as NoticeDraft['kind']))}
        />
      </Form.Item>
    </div>
  )
}

/** An announcement never cuts supply; the two others do unless somebody says otherwise. What is urgent has begun. */
const withKind =
  (kind: NoticeDraft['kind']) =>
  (before: NoticeForm): NoticeForm => ({
    ...before,
    kind,
    cutsSupply: kind !== 'general',
    startsAt: before.startsAt ?? (kind === 'emergency' ? Math.floor(Date.now() / minuteMs) * minuteMs : null),
  })

interface TimeFieldsProps {
  readonly form: NoticeForm
  readonly change: EditorState['change']
}

function TimeFields({ form, change }: TimeFieldsProps) {
  const words = useWords(editorWords)
  return (
    <div className="form-row">
      <Form.Item label={words.startsAt} htmlFor="notice-starts">
        <WallClock id="notice-starts" value={form.startsAt} onChange={(startsAt) => change({ startsAt })} />
      </Form.Item>
      <Form.Item
        label={words.endsAt}
        htmlFor="notice-ends"
        {...(form.startsAt !== null &&
          form.endsAt !== null &&
          form.endsAt <= form.startsAt && { validateStatus: 'error' as const, help: words.gapOf.order })}
      >
        <WallClock id="notice-ends" value={form.endsAt} onChange={(endsAt) => change({ endsAt })} />
      </Form.Item>
      {form.kind === 'general' ? null : (
        <Form.Item label=" " colon={false}>
          <Checkbox
            checked={form.cutsSupply}
            onChange={(event) => change({ cutsSupply: event.target.checked })}
          >
            {words.cutsSupply}
          </Checkbox>
        </Form.Item>
      )}
    </div>
  )
}
