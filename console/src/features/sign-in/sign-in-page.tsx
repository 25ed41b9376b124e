import { useState } from 'react'
import { Navigate } from 'react-router'
import { keepMe, useRead } from '../../api/query'
import type { SignInStep } from '../../api/types'
import { useTitle } from '../../kit/page'
import { useWords } from '../../words/language'
import { Card } from './card'
import { CodeForm } from './code-form'
import { PasswordForm } from './password-form'
import { signInWords } from './words'

/** Name and password, then the second step where the role asks for one. */
export function SignInPage() {
  const words = useWords(signInWords)
  const describe = useRead('staff.describe', {})
  const [step, setStep] = useState<SignInStep | null>(null)
  useTitle(words.title)
  const onStep = (next: SignInStep): void => (next.step === 'done' ? keepMe(next.me) : setStep(next))
  if (describe.data?.needsSetUp) return <Navigate to="/set-up" replace />
  if (step === null || step.step === 'done')
    return (
      <Card title={words.title}>
        <PasswordForm onStep={onStep} />
      </Card>
    )
  const enrols = step.step === 'enrol'
  return (
    <Card
      title={enrols ? words.enrolTitle : words.codeTitle}
      hint={enrols ? words.enrolHint : words.codeHint}
    >
      <CodeForm key={step.step} challenge={step} onStep={onStep} onBack={() => setStep(null)} />
    </Card>
  )
}
