import { Input } from 'antd'
import { useState } from 'react'
import { linesOf } from './edit'

interface LinesFieldProps {
  readonly id?: string
  readonly value?: readonly string[]
  readonly onChange?: (lines: string[]) => void
  readonly rows?: number
}

/** A list as lines of text: quicker to write and to paste than a field for each. */
export function LinesField({ id, value = [], onChange, rows = 3 }: LinesFieldProps) {
  const [text, setText] = useState(value.join('\n'))
  return (
    <Input.TextArea
      {...(id !== undefined && { id })}
      autoSize={{ minRows: rows, maxRows: 12 }}
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        onChange?.(linesOf(event.target.value))
      }}
    />
  )
}
