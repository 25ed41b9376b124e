import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Failed } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useChangePassword } from './api/change-password'
import { Card } from './card'
import { NewPassword } from './new-password'
import { signInWords } from './words'

export function ChangePassword() {
  const words = useWords(signInWords)
  const kit = useWords(kitWords)
  const { done } = useSay()
  const change = useChangePassword()
  const [failed, setFailed] = useState<unknown>(null)
  const [form] = Form.useForm<{ oldPassword: string; newPassword: string }>()
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ oldPassword, newPassword }) => {
        setFailed(null)
        const onSuccess = (): void => {
          done(words.changed)
          form.resetFields()
        }
        change.mutate({ oldPassword, newPassword }, { onSuccess, onError: setFailed })
      }}
    >
      {failed === null ? null : <Failed error={failed} />}
      <Form.Item
        name="oldPassword"
        label={words.oldPassword}
        rules={[{ required: true, message: kit.required }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <NewPassword name="newPassword" />
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {words.change}
      </Button>
    </Form>
  )
}

/** Stands before everything else for an account whose password works once. */
export function MustChangePassword() {
  const words = useWords(signInWords)
  return (
    <Card title={words.mustChangeTitle} hint={words.mustChangeHint}>
      <ChangePassword />
    </Card>
  )
}
