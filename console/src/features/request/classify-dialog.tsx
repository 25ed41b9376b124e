import { Alert, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { DeskRequest } from '../../api/types'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useClassify } from './api/classify-request'
import { keepRequest } from './api/keep-request'
import { useTypes } from './api/read-types'
import { useConflict } from './use-conflict'
import { requestWords } from './words'

interface ClassifyDialogProps {
  readonly request: DeskRequest
  readonly onClose: () => void
}

interface Values {
  readonly typeId: string
  readonly priority: number
  readonly reason: string
}

export function ClassifyDialog({ request, onClose }: ClassifyDialogProps) {
  const words = useWords(requestWords)
  const kit = useWords(kitWords)
  const { done } = useSay()
  const classify = useClassify()
  const conflict = useConflict(request.id)
  const types = useTypes(request.companyId)
  const [form] = Form.useForm<Values>()
  const [changed, setChanged] = useState(false)
  const submit = (values: Values): void => {
    conflict.reset()
    classify.mutate(
      { requestId: request.id, version: request.version, ...values },
      {
        onError: conflict.onError,
        onSuccess: (answer) => {
          keepRequest(answer)
          done(words.moved(words.classify))
          onClose()
        },
      },
    )
  }
  const priorities = ([1, 2, 3, 4] as const).map((value) => ({ value, label: kit.priority[`p${value}`] }))
  return (
    <Modal
      open
      title={words.classifyTitle}
      okText={kit.save}
      okButtonProps={{ disabled: !changed, loading: classify.isPending }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="quiet">{words.classifyText}</p>
      {conflict.text === null ? null : <Alert type="warning" showIcon title={conflict.text} role="alert" />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ typeId: request.typeId, priority: request.priority, reason: '' }}
        onValuesChange={() => setChanged(true)}
        onFinish={submit}
      >
        <Form.Item name="typeId" label={words.type} rules={[{ required: true, message: kit.required }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={types.isPending}
            options={(types.data?.types ?? []).map((type) => ({
              value: type.id,
              label: `${kit.class[type.class]} · ${type.name}${type.page === null ? '' : words.appliedElsewhere}`,
              disabled: type.page !== null && type.id !== request.typeId,
            }))}
          />
        </Form.Item>
        <Form.Item name="priority" label={words.priority}>
          <Select options={priorities} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={kit.reason}
          rules={[{ required: true, min: 2, message: kit.required }]}
        >
          <Input maxLength={100} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
