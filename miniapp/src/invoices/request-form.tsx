import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../api/client'
import { money, moment } from '../format'
import { go, replace } from '../routes'
import { useNow } from '../state/now'
import { Button, Card, Check, Foot, Line, Row, succeed, Tag, Toggle, usePress } from '../ui'
import { firstPick, keyOf, mayPick, pickedOf, totalOf } from './picked'
import { TitleForm } from './title-form'
import { type Draft, emptyDraft, faultOf, isEmail, titleOf } from './title-rules'
import type { OpenItem, Title } from './types'
import { said } from './words'

interface RequestFormProps {
  items: readonly OpenItem[]
  titles: readonly Title[]
  emailMasked: string | null
  asOf: number
  isOnePayment: boolean
  onStale(): void
}

/** What, to whom, and where to. */
export function RequestForm({ items, titles, emailMasked, asOf, isOnePayment, onStale }: RequestFormProps) {
  const [keys, setKeys] = useState<readonly string[]>(isOnePayment ? firstPick(items) : [])
  const [titleId, setTitleId] = useState<string | null>(titles[0]?.id ?? null)
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const [remember, setRemember] = useState(true)
  const [toConfirmed, setToConfirmed] = useState(emailMasked !== null)
  const [email, setEmail] = useState('')
  const [tried, setTried] = useState(false)
  const picked = pickedOf(items, keys)
  const typed = !toConfirmed && email.trim() !== ''
  const emailFault = typed && !isEmail(email) ? said.request.emailWrong : null
  const { busy, press } = usePress(async () => {
    setTried(true)
    if (picked.length === 0 || emailFault !== null || (titleId === null && faultOf(draft) !== null)) return
    try {
      const { invoice } = await write('invoices.request', {
        items: picked.map(({ paymentId, billId }) => ({ paymentId, billId })),
        ...(titleId === null ? { title: titleOf(draft), remember } : { titleId }),
        ...(typed ? { email: email.trim() } : {}),
        toConfirmed,
        shownTotalFen: totalOf(picked),
      })
      succeed(said.request.done)
      await replace('invoice', { id: invoice.id })
    } catch (error) {
      // What may be invoiced may have changed meanwhile: the page shows how it is now, beside what went wrong.
      onStale()
      throw error
    }
  })
  return (
    <>
      <Items items={items} picked={picked} keys={keys} asOf={asOf} onPick={setKeys} />
      {tried && picked.length === 0 ? <View className="field-error">{said.request.pickWrong}</View> : null}
      <WhoTo titles={titles} titleId={titleId} onPick={setTitleId} />
      {titleId === null ? (
        <Card className="stack">
          <TitleForm draft={draft} onChange={setDraft} tried={tried} />
          <Row
            id="title-remember"
            on={remember}
            title={said.request.remember}
            side={<Toggle on={remember} />}
            arrow={false}
            onClick={() => setRemember(!remember)}
          />
        </Card>
      ) : null}
      <MailTo
        masked={emailMasked}
        toConfirmed={toConfirmed}
        onConfirmed={setToConfirmed}
        email={email}
        onEmail={setEmail}
        fault={tried ? emailFault : null}
      />
      <Foot>
        <Button id="send-request" busy={busy} onClick={press}>
          {said.request.submit(money(totalOf(picked)))}
        </Button>
      </Foot>
    </>
  )
}

interface WhoToProps {
  titles: readonly Title[]
  titleId: string | null
  onPick(titleId: string | null): void
}

/** One of the kept titles, or a new one; with none kept the fields of a new one stand there at once. */
function WhoTo({ titles, titleId, onPick }: WhoToProps) {
  const choices = titles.map(({ id, name, taxNo, kind }) => ({ id, name, note: taxNo ?? said.kinds[kind] }))
  if (choices.length === 0) return <View className="t-2">{said.request.to}</View>
  return (
    <Card list>
      <View className="t-2 invoice-caption">{said.request.to}</View>
      {[...choices, { id: null, name: said.request.newTitle, note: '' }].map(({ id, name, note }) => (
        <Row
          key={id}
          id={`title-${id ?? 'new'}`}
          on={titleId === id}
          lead={<Check on={titleId === id} />}
          title={name}
          note={note}
          arrow={false}
          onClick={() => onPick(id)}
        />
      ))}
    </Card>
  )
}

interface MailToProps {
  masked: string | null
  toConfirmed: boolean
  onConfirmed(on: boolean): void
  email: string
  onEmail(email: string): void
  fault: string | null
}

/** To the confirmed address, to another one, or nowhere. */
function MailTo({ masked, toConfirmed, onConfirmed, email, onEmail, fault }: MailToProps) {
  return (
    <Card className="stack">
      <View className="t-2">{said.request.mail}</View>
      {masked === null ? null : (
        <Row
          id="mail-confirmed"
          on={toConfirmed}
          title={said.request.confirmed(masked)}
          note={said.request.confirmedText}
          side={<Toggle on={toConfirmed} />}
          arrow={false}
          onClick={() => onConfirmed(!toConfirmed)}
        />
      )}
      {toConfirmed ? null : (
        <Line
          id="mail-other"
          label={said.request.other}
          value={email}
          onInput={onEmail}
          placeholder={said.request.emailHolder}
          maxLength={100}
          error={fault}
        />
      )}
    </Card>
  )
}

interface ItemsProps {
  items: readonly OpenItem[]
  picked: readonly OpenItem[]
  keys: readonly string[]
  asOf: number
  onPick(keys: readonly string[]): void
}

function Items({ items, picked, keys, asOf, onPick }: ItemsProps) {
  const nowMs = useNow()
  return (
    <Card list>
      <View className="between invoice-caption">
        <View className="t-2">{said.request.pick}</View>
        <View className="t-3">{said.request.asOf(moment(asOf, nowMs))}</View>
      </View>
      <View className="t-3">{said.request.pickText}</View>
      {items.map((item) => {
        const key = keyOf(item)
        const on = picked.includes(item)
        const note = noteOf(item, on || mayPick(item, picked), moment(item.paidAt, nowMs))
        const about = `${item.companyName} · ${item.title}`
        const side = <View className="num">{money(item.amountFen)}</View>
        if (item.state === 'open' && (on || mayPick(item, picked)))
          return (
            <Row
              key={key}
              id={`item-${item.billId}`}
              on={on}
              lead={<Check on={on} />}
              title={about}
              note={note}
              side={side}
              arrow={false}
              onClick={() => onPick(on ? keys.filter((one) => one !== key) : [...keys, key])}
            />
          )
        const { invoiceId } = item
        return invoiceId === null ? (
          <Row key={key} title={about} note={note} side={side} />
        ) : (
          <Row
            key={key}
            title={about}
            note={note}
            side={<Tag text={said.request.invoiced} tone="ok" />}
            onClick={() => go('invoice', { id: invoiceId })}
          />
        )
      })}
    </Card>
  )
}

function noteOf(item: OpenItem, may: boolean, when: string): string {
  const paid = `${item.shortAddress} · ${said.request.paidAt(when)}`
  if (item.why !== null) return `${paid} · ${item.why}`
  return item.state === 'open' && !may ? `${paid} · ${said.request.otherCompany}` : paid
}
