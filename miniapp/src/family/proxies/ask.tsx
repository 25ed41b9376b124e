import { View } from '@tarojs/components'
import { useState } from 'react'
import { read, write } from '../../api/client'
import { CodeField } from '../../parts/code-field'
import { go } from '../../routes'
import { usePortal } from '../../state/portal'
import { useResource } from '../../state/resource'
import { Button, Card, Choices, Field, Line, Show, succeed, usePress } from '../../ui'
import { keepMade } from '../made'
import { said } from '../words'

const relations = ['daughter', 'son', 'spouse', 'grandchild', 'other'] as const
const monthsOffered = ['3', '6', '12'] as const
type Relation = (typeof relations)[number]
type Months = (typeof monthsOffered)[number]
type How = 'link' | 'code'

interface Filled {
  readonly agentName: string
  readonly relation: Relation
  readonly months: 3 | 6 | 12
}
const monthsOf = { '3': 3, '6': 6, '12': 12 } as const

/** Asks to act for somebody: by a link that they answer, or with the code on their telephone. */
export function Ask({ onDone }: { onDone(): void }) {
  const [agentName, setName] = useState('')
  const [relation, setRelation] = useState<Relation>('daughter')
  const [months, setMonths] = useState<Months>('12')
  const [how, setHow] = useState<How>('link')
  const [fault, setFault] = useState<string | null>(null)
  const filled = (): Filled | null => {
    const wrong = agentName.trim().length < 2 ? said.ask.nameWrong : null
    setFault(wrong)
    return wrong === null ? { agentName: agentName.trim(), relation, months: monthsOf[months] } : null
  }
  return (
    <Card className="stack" id="ask-form">
      <Line
        id="agent-name"
        label={said.ask.name}
        value={agentName}
        onInput={setName}
        placeholder={said.ask.nameHolder}
        maxLength={20}
        error={fault}
      />
      <View className="t-2">{said.ask.relation}</View>
      <Choices<Relation>
        options={relations.map((value) => ({ value, label: said.relations[value] }))}
        value={relation}
        onPick={setRelation}
      />
      <View className="t-2">{said.ask.months}</View>
      <Choices<Months>
        options={monthsOffered.map((value) => ({ value, label: said.ask.month(monthsOf[value]) }))}
        value={months}
        onPick={setMonths}
      />
      <View className="t-2">{said.ask.how}</View>
      <Choices<How>
        options={[
          { value: 'link', label: said.ask.byLink },
          { value: 'code', label: said.ask.byCode },
        ]}
        value={how}
        onPick={setHow}
      />
      {how === 'link' ? (
        <ByLink filled={filled} onDone={onDone} />
      ) : (
        <ByCode filled={filled} onDone={onDone} />
      )}
    </Card>
  )
}

interface WayProps {
  filled(): Filled | null
  onDone(): void
}

function ByLink({ filled, onDone }: WayProps) {
  const { busy, press } = usePress(async () => {
    const ask = filled()
    if (ask === null) return
    const made = await write('family.askProxy', ask)
    keepMade(made)
    onDone()
    go('answer', { token: made.token })
  })
  return (
    <Button id="ask-link" busy={busy} onClick={press}>
      {said.ask.link}
    </Button>
  )
}

function ByCode({ filled, onDone }: WayProps) {
  const companies = usePortal((state) => state.portal)?.companies ?? []
  const [picked, setPicked] = useState<string | null>(null)
  const companyId = picked ?? companies[0]?.id ?? ''
  const [accountNo, setAccountNo] = useState('')
  const [code, setCode] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const { resource, retry } = useResource('proxy-consent', () => read('family.readConsent', {}))
  const { busy, press } = usePress(async () => {
    const ask = filled()
    if (ask === null) return
    if (accountNo.length < 4) return setFault(said.ask.accountWrong)
    if (!/^\d{6}$/.test(code)) return setFault(said.ask.codeWrong)
    await write('family.proxyByCode', { ...ask, companyId, accountNo, code })
    succeed(said.ask.done)
    onDone()
  })
  return (
    <>
      <Choices
        options={companies.map(({ id, name }) => ({ value: id, label: name }))}
        value={companyId}
        onPick={setPicked}
      />
      <Field
        id="proxy-account"
        label={said.ask.accountNo}
        value={accountNo}
        onInput={setAccountNo}
        placeholder={said.ask.accountHolder}
        maxLength={20}
      />
      <View className="t-2">{said.ask.codeText}</View>
      <Show resource={resource} bones={[120]} onRetry={retry}>
        {({ text }) => <View id="consent-text">{text}</View>}
      </Show>
      <CodeField
        id="proxy-code"
        value={code}
        onInput={setCode}
        error={fault}
        disabled={accountNo.length < 4}
        send={() => write('family.sendProxyCode', { companyId, accountNo })}
      />
      <Button id="ask-code" busy={busy} onClick={press}>
        {said.ask.submit}
      </Button>
    </>
  )
}
