import { View } from '@tarojs/components'
import { useRef, useState } from 'react'
import { InkPad } from '../../platform/ink'
import type { Ink } from '../../platform/types'
import { Button, Line, Sheet, usePress } from '../../ui'
import { doStep } from '../store'
import type { FieldOrder } from '../types'
import { said } from '../words'

interface Props {
  order: FieldOrder
  onClose(): void
  onRefused(): void
}

/** The resident writes on the glass; the writing becomes a picture that goes up like a photo. */
export function SignSheet({ order, onClose, onRefused }: Props) {
  const ink = useRef<Ink | null>(null)
  const [written, setWritten] = useState(false)
  const [signer, setSigner] = useState(order.contactName ?? '')
  const [fault, setFault] = useState<string | null>(null)
  const { busy, press } = usePress(async () => {
    if (!written || ink.current === null || signer.trim() === '') return setFault(said.sign.empty)
    const picture = await ink.current.picture()
    await doStep(order.requestId, { kind: 'signature', fileId: '', signer: signer.trim() }, picture)
    onClose()
  })
  const clear = () => {
    ink.current?.clear()
    setWritten(false)
  }
  return (
    <Sheet title={said.sign.title} onClose={onClose}>
      <View className="stack">
        <View className="t-2">{said.sign.text}</View>
        <InkPad
          label={said.sign.label}
          onReady={(ready) => {
            ink.current = ready
          }}
          onInk={() => setWritten(true)}
        />
        <Line
          id="signer"
          label={said.sign.signer}
          value={signer}
          onInput={setSigner}
          placeholder={said.sign.signerHolder}
          maxLength={20}
          error={fault}
        />
        <View className="field-buttons">
          <Button kind="plain" id="sign-clear" onClick={clear}>
            {said.sign.clear}
          </Button>
          <Button id="sign-save" busy={busy} onClick={press}>
            {said.sign.save}
          </Button>
        </View>
        <Button kind="plain" id="sign-refused" onClick={onRefused}>
          {said.refusal.open}
        </Button>
      </View>
    </Sheet>
  )
}
