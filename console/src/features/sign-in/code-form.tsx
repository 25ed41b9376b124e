import { Button, Form, Input, QRCode, Typography } from 'antd'
import { useState } from 'react'
import type { SignInStep } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { useConfirmCode } from './api/confirm-code'
import type { StepProps } from './password-form'
import { signInWords } from './words'

type Challenge = Exclude<SignInStep, { step: 'done' }>

interface CodeFormProps extends StepProps {
  readonly challenge: Challenge
  readonly onBack: () => void
}

/** The second step; when the authenticator is not set up yet, its secret comes first. */
export function CodeForm({ challenge, onStep, onBack }: CodeFormProps) {
  const words = useWords(signInWords)
  const confirm = useConfirmCode()
  const [failed, setFailed] = useState<unknown>(null)
  const [form] = Form.useForm<{ code: string }>()
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ code }) => {
        setFailed(null)
        confirm.mutate(
          { challenge: challenge.challenge, code },
          {
            onSuccess: onStep,
            onError: (error) => {
              setFailed(error)
              form.resetFields()
            },
          },
        )
      }}
    >
      {challenge.step === 'enrol' ? <Secret url={challenge.otpauthUrl} secret={challenge.secret} /> : null}
      {failed === null ? null : <Failed error={failed} />}
      <Form.Item
        name="code"
        label={words.code}
        rules={[{ required: true, pattern: /^\d{6}$/, message: words.badCode }]}
      >
        <Input
          size="large"
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          className="num"
        />
      </Form.Item>
      <Button type="primary" size="large" block htmlType="submit" loading={confirm.isPending}>
        {words.next}
      </Button>
      <Button type="link" block onClick={onBack}>
        {words.back}
      </Button>
    </Form>
  )
}

function Secret({ url, secret }: { readonly url: string; readonly secret: string }) {
  const words = useWords(signInWords)
  return (
    <div className="secret">
      <QRCode value={url} type="svg" size={176} role="img" aria-label={words.qr} />
      <p className="quiet">{words.enrolSecret}</p>
      <Typography.Text code copyable>
        {secret}
      </Typography.Text>
    </div>
  )
}
