import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read, write } from '../../api/client'
import { calendarDay, money, moment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { replace } from '../../routes'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Button, Card, Check, Choices, Fact, Page, Row, Show, succeed, usePress } from '../../ui'
import { Words } from '../../ui/words-field'
import { dayAfter, daysUntil } from '../figures'
import type { SupplyPlan } from '../types'
import { said } from '../words'
import '../heat.scss'

const bones = [180, 260, 240] as const
type Kind = 'stop' | 'resume'

/** Stops the season's supply or has it again: what it costs and means stands before the consent. `?householdId&kind` */
export default function SupplyPage() {
  const { params } = useRouter()
  usePortalLoaded()
  const kind: Kind = params['kind'] === 'resume' ? 'resume' : 'stop'
  return (
    <Page title={said.supply.title[kind]}>
      <Gate bones={bones}>{() => <Planned householdId={params['householdId'] ?? ''} kind={kind} />}</Gate>
    </Page>
  )
}

const ahead = [1, 2, 7, 14] as const

function Planned({ householdId, kind }: { householdId: string; kind: Kind }) {
  const nowMs = useNow()
  const days = ahead.map((count) => dayAfter(nowMs, count))
  const [picked, setPicked] = useState(0)
  const fromDay = kind === 'resume' ? (days[picked] ?? null) : null
  const asked = { householdId, kind, ...(fromDay === null ? {} : { fromDay }) }
  const { resource, retry } = useResource(`${householdId}.${kind}.${fromDay ?? ''}`, () =>
    read('heating.planSupply', asked),
  )
  return (
    <>
      {kind === 'resume' ? (
        <Card className="stack">
          <View className="t-2">{said.supply.from}</View>
          <Choices
            options={ahead.map((_, index) => ({
              value: String(index),
              label: said.supply.days[index] ?? '',
            }))}
            value={String(picked)}
            onPick={(value) => setPicked(Number(value))}
          />
          <View>{calendarDay(fromDay ?? '', nowMs)}</View>
        </Card>
      ) : null}
      <Show resource={resource} bones={bones} onRetry={retry}>
        {(planned) => <Form planned={planned} asked={asked} onStale={retry} />}
      </Show>
    </>
  )
}

interface FormProps {
  planned: SupplyPlan
  asked: { householdId: string; kind: Kind; fromDay?: string }
  onStale(): void
}

function Form({ planned, asked, onStale }: FormProps) {
  const [consented, setConsented] = useState(false)
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const { plan } = planned
  const { busy, press } = usePress(async () => {
    if (plan.isLate && reason.trim().length < 2) return setFault(said.supply.reasonWrong)
    if (!consented) return setFault(said.supply.consentWrong)
    const why = reason.trim() === '' ? {} : { reason: reason.trim() }
    try {
      await write('heating.applySupply', {
        ...asked,
        ...why,
        shownEffectFen: plan.effectFen,
        consented: true,
      })
    } catch (error) {
      // What was shown may have changed meanwhile: the page shows how it is now, beside what went wrong.
      onStale()
      throw error
    }
    succeed(said.supply.done)
    void replace('heat', { householdId: asked.householdId })
  })
  return (
    <>
      {asked.kind === 'stop' ? <Deadline planned={planned} /> : null}
      <Costs planned={planned} kind={asked.kind} />
      {planned.consequences.length > 0 ? (
        <Card className="stack">
          <View className="t-title">{said.supply.before}</View>
          {planned.consequences.map((line) => (
            <View key={line}>{line}</View>
          ))}
        </Card>
      ) : null}
      <Card className="stack">
        {plan.isLate ? (
          <Words
            id="supply-reason"
            label={said.supply.reason}
            value={reason}
            onInput={setReason}
            placeholder={said.supply.reasonHolder}
            maxLength={200}
          />
        ) : null}
        <Row
          id="supply-consent"
          on={consented}
          lead={<Check on={consented} />}
          title={said.supply.consent}
          arrow={false}
          onClick={() => setConsented(!consented)}
        />
        {fault === null ? null : <View className="field-error">{fault}</View>}
        <Button id="supply-submit" busy={busy} onClick={press}>
          {said.supply.submit}
        </Button>
      </Card>
    </>
  )
}

function Deadline({ planned: { plan, asOf } }: { planned: SupplyPlan }) {
  const nowMs = useNow()
  const { deadline, isLate } = plan
  if (deadline === null) return <Card className="t-2">{said.supply.noDeadline}</Card>
  return (
    <Card className="stack">
      <Fact label={said.supply.deadline} value={calendarDay(deadline, nowMs)} />
      <View id="supply-deadline" className={isLate ? 'heat-bad' : 't-accent'}>
        {isLate ? said.supply.late : said.supply.left(daysUntil(deadline, dayAfter(asOf, 0)))}
      </View>
    </Card>
  )
}

function Costs({ planned, kind }: { planned: SupplyPlan; kind: Kind }) {
  const nowMs = useNow()
  const { plan } = planned
  return (
    <Card className="stack" id="supply-costs">
      {plan.staysFen === null ? null : (
        <Fact
          label={kind === 'stop' ? said.supply.stays : said.supply.staysResume}
          value={money(plan.staysFen)}
        />
      )}
      {plan.effectFen === null ? null : (
        <Fact label={kind === 'stop' ? said.supply.less : said.supply.more} value={money(plan.effectFen)} />
      )}
      {plan.steps.length > 0 ? <View className="t-2">{said.supply.how}</View> : null}
      {plan.steps.map((step) => (
        <View key={step}>{step}</View>
      ))}
      {plan.missing.map((one) => (
        <View key={one} className="t-2">
          {one}
        </View>
      ))}
      {plan.effectFen === null ? <View className="t-2">{said.supply.missing}</View> : null}
      <View className="t-3">{`${said.supply.billNote} · ${said.supply.asOf(moment(planned.asOf, nowMs))}`}</View>
      <View className="t-3">{planned.source}</View>
    </Card>
  )
}
