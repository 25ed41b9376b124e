import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { SignInStep } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useSignIn } from './api/sign-in'
import { signInWords } from './words'

export interface StepProps {
  /** Where signing in goes on: done, or a second step. */
  readonly onStep: (step: SignInStep) => void
}

export function PasswordForm({ onStep }: StepProps) {
  const words = useWords(signInWords)
  const kit = useWords(kitWords)
  const signIn = useSignIn()
  const [failed, setFailed] = useState<unknown>(null)
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={(values: { loginName: string; password: string }) => {
        setFailed(null)
        signIn.mutate(
          { loginName: values.loginName.trim(), password: values.password },
          { onSuccess: onStep, onError: setFailed },
        )
      }}
    >
      {failed === null ? null : <Failed error={failed} />}
      <Form.Item name="loginName" label={words.loginName} rules={[{ required: true, message: kit.required }]}>
        <Input size="large" autoFocus autoComplete="username" spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label={words.password} rules={[{ required: true, message: kit.required }]}>
        <Input.Password size="large" autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" size="large" block htmlType="submit" loading={signIn.isPending}>
        {words.signIn}
      </Button>
    </Form>
  )
}
