import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { keepMe, refresh } from '../../api/query'
import type { SignInStep } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useEnrol } from './api/enrol-second-factor'
import { CodeForm } from './code-form'
import { signInWords } from './words'

/** Sets up the authenticator for somebody whose role does not ask for it, or after it was reset. */
export function SecondFactor() {
  const words = useWords(signInWords)
  const kit = useWords(kitWords)
  const { done } = useSay()
  const enrol = useEnrol()
  const [step, setStep] = useState<SignInStep | null>(null)
  const onStep = (next: SignInStep): void => {
    setStep(next.step === 'done' ? null : next)
    if (next.step !== 'done') return
    keepMe(next.me)
    refresh(['staff.sessions'])
    done(words.factorDone)
  }
  if (step !== null && step.step !== 'done')
    return <CodeForm challenge={step} onStep={onStep} onBack={() => setStep(null)} />
  return (
    <Form
      name="factor"
      layout="vertical"
      requiredMark={false}
      onFinish={({ password }: { password: string }) => enrol.mutate({ password }, { onSuccess: onStep })}
    >
      <p className="quiet">{words.factorHint}</p>
      {enrol.error ? <Failed error={enrol.error} /> : null}
      <Form.Item
        name="password"
        label={words.oldPassword}
        rules={[{ required: true, message: kit.required }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button htmlType="submit" loading={enrol.isPending}>
        {words.factorBegin}
      </Button>
    </Form>
  )
}
