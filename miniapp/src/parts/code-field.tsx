import { Field } from '../ui'
import { words } from '../words'
import { CodeButton } from './code-button'

interface CodeFieldProps {
  id: string
  value: string
  onInput(code: string): void
  error: string | null
  /** Nothing can be sent yet, because the number is not there. */
  disabled: boolean
  send(): Promise<{ retryAfterSeconds: number }>
}

/** Six digits that come by SMS, and the button that sends them. */
export const CodeField = ({ id, value, onInput, error, disabled, send }: CodeFieldProps) => (
  <Field
    id={id}
    label={words.bind.codeLabel}
    value={value}
    onInput={onInput}
    placeholder={words.bind.codeHolder}
    maxLength={6}
    error={error}
    extra={<CodeButton disabled={disabled} send={send} />}
  />
)
