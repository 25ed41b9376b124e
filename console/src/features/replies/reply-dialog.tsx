import { App, Button, Form, Input, Modal, Select } from 'antd'
import type { Company, ReplyTemplate } from '../../api/types'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useTypesOf } from './api/list-types'
import { useSaveReply } from './api/save-reply'
import { fill, unknownVariable } from './fill'
import { replyWords } from './words'

interface ReplyDialogProps {
  readonly template: ReplyTemplate | null
  readonly companies: readonly Company[]
  readonly variables: readonly string[]
  readonly onClose: () => void
}

interface Values {
  readonly title: string
  readonly text: string
  readonly companyId?: string | null
  readonly typeIds: string[]
}

export function ReplyDialog({ template, companies, variables, onClose }: ReplyDialogProps) {
  const words = useWords(replyWords)
  const kit = useWords(kitWords)
  const { done, failed } = useSay()
  const save = useSaveReply()
  const [form] = Form.useForm<Values>()
  const companyId = Form.useWatch('companyId', form) ?? null
  const types = useTypesOf(companyId)
  const submit = (values: Values): void => {
    const given = { ...values, companyId: values.companyId ?? null, templateId: template?.id ?? null }
    const onSuccess = (): void => {
      done(words.saved)
      onClose()
    }
    save.mutate(given, { onError: failed, onSuccess })
  }
  return (
    <Modal
      open
      title={template?.title ?? words.new}
      okText={kit.save}
      okButtonProps={{ loading: save.isPending }}
      onOk={form.submit}
      onCancel={onClose}
      width={620}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={template ?? { title: '', text: '', typeIds: [] }}
        onFinish={submit}
      >
        <Form.Item
          name="title"
          label={words.name}
          rules={[{ required: true, min: 2, message: kit.required }]}
        >
          <Input maxLength={30} />
        </Form.Item>
        <TextField variables={variables} />
        <Form.Item name="companyId" label={words.company}>
          <Select allowClear options={companies.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Form.Item name="typeIds" label={words.types}>
          <Select
            mode="multiple"
            disabled={companyId === null}
            placeholder={words.allTypes}
            options={(types.data?.types ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      </Form>
      {template === null ? null : <RemoveButton template={template} onRemoved={onClose} />}
    </Modal>
  )
}

/** The text, the variables that it may name, and how it will read. */
function TextField({ variables }: { readonly variables: readonly string[] }) {
  const words = useWords(replyWords)
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
            validator: async (_, value: string) => {
              const unknown = unknownVariable(value ?? '', variables)
              if (unknown !== null) throw new Error(words.unknown(unknown))
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
      <p className="quiet">{words.preview}</p>
      <p className="preview">{fill(text, words.sample)}</p>
    </>
  )
}

function RemoveButton({
  template,
  onRemoved,
}: {
  readonly template: ReplyTemplate
  readonly onRemoved: () => void
}) {
  const words = useWords(replyWords)
  const kit = useWords(kitWords)
  const { modal } = App.useApp()
  const { done, failed } = useSay()
  const save = useSaveReply()
  const remove = (): void => {
    const { id, companyId, title } = template
    const onSuccess = (): void => {
      done(words.removed)
      onRemoved()
    }
    save.mutate({ templateId: id, companyId, title, text: null, typeIds: [] }, { onSuccess, onError: failed })
  }
  return (
    <Button
      danger
      onClick={() =>
        void modal.confirm({
          title: words.removeTitle(template.title),
          okText: words.remove,
          cancelText: kit.cancel,
          okButtonProps: { danger: true },
          onOk: remove,
        })
      }
    >
      {words.remove}
    </Button>
  )
}
