import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button, Card, fail, goBack, Row } from '../../ui'
import { ReasonSheet } from '../reason-sheet'
import { doStep } from '../store'
import type { FieldOrder } from '../types'
import { said } from '../words'
import { HelpSheet } from './help-sheet'

/** What is seldom needed: an expert's help, passing the order on, giving it back. */
export function OtherActs({ order }: { order: FieldOrder }) {
  const [open, setOpen] = useState<'help' | 'give-back' | 'pass-on' | null>(null)
  const close = () => setOpen(null)
  return (
    <Card list>
      <Row id="ask-help" title={said.help.open} onClick={() => setOpen('help')} />
      <View className="field-buttons field-others">
        <Button small kind="plain" id="pass-on" onClick={() => setOpen('pass-on')}>
          {said.order.passOn}
        </Button>
        <Button small kind="plain" id="give-back" onClick={() => setOpen('give-back')}>
          {said.order.giveBack}
        </Button>
      </View>
      {open === 'help' ? <HelpSheet requestId={order.requestId} onClose={close} /> : null}
      {open === 'give-back' || open === 'pass-on' ? (
        <ReasonSheet
          kind={open}
          onClose={close}
          onDone={(action) => {
            doStep(order.requestId, action).then(goBack, fail)
          }}
        />
      ) : null}
    </Card>
  )
}
