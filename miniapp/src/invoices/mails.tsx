import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../api/client'
import { mailState } from '../by-code'
import { moment } from '../format'
import { useNow } from '../state/now'
import { Button, Card, Line, succeed, usePress } from '../ui'
import { isEmail } from './title-rules'
import type { Invoice } from './types'
import { said } from './words'

/** What went where by mail, and sending it again. */
export function Mails({ invoice, onSent }: { invoice: Invoice; onSent(invoice: Invoice): void }) {
  const nowMs = useNow()
  const [email, setEmail] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const { busy, press } = usePress(async () => {
    if (!isEmail(email)) return setFault(said.request.emailWrong)
    setFault(null)
    const sent = await write('invoices.mail', { invoiceId: invoice.id, email: email.trim() })
    setEmail('')
    succeed(said.detail.mailed)
    onSent(sent.invoice)
  })
  return (
    <Card className="stack">
      <View className="t-2">{said.detail.mails}</View>
      {invoice.mails.map((mail) => (
        <View key={`${mail.at}${mail.toMasked}`} className="between">
          <View className={mail.state === 'failed' ? 'invoice-bad' : ''}>{mailState(mail)}</View>
          <View className="t-3">{moment(mail.at, nowMs)}</View>
        </View>
      ))}
      <Line
        id="mail-to"
        label={said.detail.mailTo}
        value={email}
        onInput={setEmail}
        placeholder={said.request.emailHolder}
        maxLength={100}
        error={fault}
      />
      <Button id="mail-send" kind="soft" busy={busy} onClick={press}>
        {said.detail.mail}
      </Button>
    </Card>
  )
}
