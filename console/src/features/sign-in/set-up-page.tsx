import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Navigate } from 'react-router'
import { keepMe, refresh, useRead } from '../../api/query'
import type { SignInStep } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useSetUp } from './api/set-up'
import { Card } from './card'
import { CodeForm } from './code-form'
import { NewPassword } from './new-password'
import { signInWords } from './words'

interface FirstAccount {
  readonly setUpCode: string
  readonly loginName: string
  readonly name: string
  readonly password: string
}

/** The first start: there is no default account, so the code that the server printed makes one. */
export function SetUpPage() {
  const words = useWords(signInWords)
  const describe = useRead('staff.describe', {})
  const [step, setStep] = useState<SignInStep | null>(null)
  const onStep = (next: SignInStep): void => {
    if (next.step === 'done') {
      keepMe(next.me)
      refresh(['staff.describe'])
    } else setStep(next)
  }
  if (step !== null && step.step !== 'done')
    return (
      <Card title={words.enrolTitle} hint={words.enrolHint}>
        <CodeForm challenge={step} onStep={onStep} onBack={() => setStep(null)} />
      </Card>
    )
  if (describe.data && !describe.data.needsSetUp) return <Navigate to="/sign-in" replace />
  return (
    <Card title={words.setUpTitle} hint={words.setUpHint}>
      <FirstForm onStep={onStep} />
    </Card>
  )
}

function FirstForm({ onStep }: { readonly onStep: (step: SignInStep) => void }) {
  const words = useWords(signInWords)
  const kit = useWords(kitWords)
  const setUp = useSetUp()
  const [failed, setFailed] = useState<unknown>(null)
  const required = [{ required: true, message: kit.required }]
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={({ setUpCode, loginName, name, password }: FirstAccount) => {
        setFailed(null)
        setUp.mutate(
          { setUpCode: setUpCode.trim(), loginName, name, password },
          { onSuccess: onStep, onError: setFailed },
        )
      }}
    >
      {failed === null ? null : <Failed error={failed} />}
      <Form.Item name="setUpCode" label={words.setUpCode} rules={required}>
        <Input autoFocus autoComplete="off" spellCheck={false} className="num" />
      </Form.Item>
      <Form.Item
        name="loginName"
        label={words.loginName}
        rules={[{ required: true, pattern: /^[a-z][a-z0-9._-]{2,31}$/, message: words.badName }]}
      >
        <Input autoComplete="username" spellCheck={false} />
      </Form.Item>
      <Form.Item name="name" label={words.name} rules={[{ required: true, min: 2, message: kit.required }]}>
        <Input autoComplete="name" maxLength={20} />
      </Form.Item>
      <NewPassword name="password" />
      <Button type="primary" size="large" block htmlType="submit" loading={setUp.isPending}>
        {words.makeFirst}
      </Button>
    </Form>
  )
}
