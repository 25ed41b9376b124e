import { PlusOutlined } from '@ant-design/icons'
import { Button, Drawer, Form, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { useCompanies } from '../../../kit/companies'
import { Failed, Loaded } from '../../../kit/loaded'
import { useMe } from '../../../kit/me-context'
import { UploadStrip } from '../../../kit/upload-strip'
import { useSay } from '../../../kit/use-done'
import { useUploads } from '../../../kit/use-uploads'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { useSaveCanned } from '../api/acts'
import { useCanned } from '../api/reads'
import type { Canned } from './use-sending'
import { composerWords } from './words'

/** All ready answers, and the form of one. */
export function CannedDrawer({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(composerWords)
  const kit = useWords(kitWords)
  const all = useCanned({})
  const [editing, setEditing] = useState<Canned | 'new' | null>(null)
  return (
    <Drawer open title={words.manageTitle} size={520} onClose={onClose}>
      {editing === null ? (
        <>
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
            {words.new}
          </Button>
          <Loaded query={all} empty={{ when: ({ items }) => items.length === 0, words: words.manageEmpty }}>
            {({ items }) => (
              <ul className="canned-all">
                {items.map((one) => (
                  <li key={one.id}>
                    <div className="pane-line">
                      <b className="ellipsis">
                        {one.title} <kbd>/{one.shortcut}</kbd>
                      </b>
                      <Button
                        size="small"
                        aria-label={`${kit.edit} ${one.title}`}
                        onClick={() => setEditing(one)}
                      >
                        {kit.edit}
                      </Button>
                    </div>
                    <div className="quiet">{one.text}</div>
                  </li>
                ))}
              </ul>
            )}
          </Loaded>
        </>
      ) : (
        <CannedForm
          canned={editing === 'new' ? null : editing}
          variables={all.data?.variables ?? []}
          onEnd={() => setEditing(null)}
        />
      )}
    </Drawer>
  )
}

interface Values {
  readonly shortcut: string
  readonly title: string
  readonly text: string
  readonly companyId?: string | null
}

interface CannedFormProps {
  readonly canned: Canned | null
  readonly variables: readonly string[]
  readonly onEnd: () => void
}

function CannedForm({ canned, variables, onEnd }: CannedFormProps) {
  const words = useWords(composerWords)
  const kit = useWords(kitWords)
  const { companies } = useMe()
  const { done } = useSay()
  const save = useSaveCanned()
  const uploads = useUploads(1)
  const [form] = Form.useForm<Values>()
  const put = (given: Omit<Values, 'text'> & { text: string | null }, said: string): void =>
    save.mutate(
      {
        shortcut: given.shortcut,
        title: given.title,
        text: given.text,
        cannedId: canned?.id ?? null,
        companyId: given.companyId ?? null,
        fileId: uploads.fileIds[0] ?? canned?.file?.fileId ?? null,
      },
      {
        onSuccess: () => {
          done(said)
          onEnd()
        },
      },
    )
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={canned ?? { shortcut: '', title: '', text: '', companyId: companies?.[0] ?? null }}
      onFinish={(values) => put(values, words.saved)}
    >
      {save.error ? <Failed error={save.error} /> : null}
      <div className="form-row">
        <Form.Item
          name="shortcut"
          label={words.shortcut}
          extra={words.shortcutHint}
          rules={[{ required: true, message: kit.required }]}
        >
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item
          name="title"
          label={words.name}
          rules={[{ required: true, min: 2, message: kit.required }]}
        >
          <Input maxLength={30} />
        </Form.Item>
      </div>
      <CannedText variables={variables} />
      <CompanyChoice />
      <Form.Item label={words.picture2}>
        {canned?.file ? <img className="photo" height={72} src={canned.file.url} alt={words.image} /> : null}
        <UploadStrip uploads={uploads} />
      </Form.Item>
      <Space>
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={uploads.busy}>
          {kit.save}
        </Button>
        <Button onClick={onEnd}>{kit.cancel}</Button>
        {canned === null ? null : (
          <Button danger onClick={() => put({ ...canned, text: null }, words.removed)}>
            {words.remove}
          </Button>
        )}
      </Space>
    </Form>
  )
}

/** Only who sees all companies writes for all of them. */
function CompanyChoice() {
  const words = useWords(composerWords)
  const me = useMe()
  const companies = useCompanies(me)
  return (
    <Form.Item name="companyId" label={words.company}>
      <Select
        allowClear={me.companies === null}
        placeholder={words.allCompanies}
        options={companies.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  )
}

function CannedText({ variables }: { readonly variables: readonly string[] }) {
  const words = useWords(composerWords)
  const kit = useWords(kitWords)
  const form = Form.useFormInstance<Values>()
  const text = Form.useWatch('text', form) ?? ''
  return (
    <>
      <Form.Item
        name="text"
        label={words.text}
        extra={words.textHint}
        rules={[
          { required: true, message: kit.required },
          {
            validator: async (_, value: string | undefined) => {
              const unknown = [...(value ?? '').matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)]
                .map(([, name]) => name ?? '')
                .find((name) => !variables.includes(name))
              if (unknown !== undefined) throw new Error(words.unknown(unknown))
            },
          },
        ]}
      >
        <Input.TextArea rows={4} maxLength={500} showCount />
      </Form.Item>
      <div className="variables">
        {variables.map((name) => (
          <Button key={name} size="small" onClick={() => form.setFieldValue('text', `${text}{{${name}}}`)}>
            {name}
          </Button>
        ))}
      </div>
    </>
  )
}
