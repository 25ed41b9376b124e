import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button, confirm, Row, Sheet, succeed, usePress } from '../../ui'
import { Words } from '../../ui/words-field'
import { resultTemplates } from '../results'
import { doStep } from '../store'
import type { FieldOrder } from '../types'
import { said } from '../words'

interface ResolveProps {
  order: FieldOrder
  onClose(): void
  onDone(): void
}

/** What was done, begun from a template; what the type of work asks for is checked before it goes. */
export function ResolveSheet({ order, onClose, onDone }: ResolveProps) {
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const missing = order.missing.map((need) => said.resolve.evidence[need])
  const { busy, press } = usePress(async () => {
    const words = text.trim()
    if (words.length < 2) return setFault(said.resolve.wrong)
    if (
      missing.length > 0 &&
      !(await confirm(said.resolve.anywayTitle, said.resolve.anywayText(missing), said.resolve.anyway))
    )
      return
    await doStep(order.requestId, { kind: 'resolve', words })
    succeed(said.resolve.done)
    onClose()
    onDone()
  })
  return (
    <Sheet title={said.resolve.title} onClose={onClose}>
      <View className="stack">
        {missing.length > 0 ? <View className="banner">{said.resolve.missing(missing)}</View> : null}
        <View>
          {resultTemplates(order).map((template) => (
            <Row
              key={template}
              title={template}
              arrow={false}
              onClick={() => setText(`${text}${template}`)}
            />
          ))}
        </View>
        <Words
          id="resolve-words"
          label={said.resolve.words}
          value={text}
          onInput={setText}
          placeholder={said.resolve.holder}
          maxLength={500}
          error={fault}
        />
        <Button id="resolve-save" busy={busy} onClick={press}>
          {said.resolve.save}
        </Button>
      </View>
    </Sheet>
  )
}
