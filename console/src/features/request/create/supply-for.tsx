import { Alert, Button, DatePicker, Form, Input, Radio } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAct, useRead } from '../../../api/query'
import type { ActInput, Input as InputOf, Output } from '../../../api/types'
import { yuan } from '../../../kit/format'
import { Failed, Loaded } from '../../../kit/loaded'
import { useWords } from '../../../words/language'
import { createWords } from './words'

type Kind = InputOf<'heating.planSupplyFor'>['kind']
type Planned = Output<'heating.planSupplyFor'>

interface SupplyForProps {
  readonly householdId: string | null
  readonly callerKind: ActInput<'heating.applySupplyFor'>['callerKind']
}

/** An application to stop or resume the heat for a caller: the sum is read out first, then they agree. */
export function SupplyFor({ householdId, callerKind }: SupplyForProps) {
  const words = useWords(createWords).supply
  const [kind, setKind] = useState<Kind | null>(null)
  const [fromDay, setFromDay] = useState<string | null>(null)
  const asked =
    householdId === null || kind === null
      ? null
      : { householdId, kind, ...(kind === 'resume' && fromDay !== null ? { fromDay } : {}) }
  const plan = useRead('heating.planSupplyFor', asked)
  if (householdId === null) return <Alert type="info" showIcon title={words.chooseHome} />
  return (
    <>
      <Form.Item label={words.kind} required>
        <Radio.Group
          aria-label={words.kind}
          optionType="button"
          value={kind}
          options={[
            { value: 'stop', label: words.kindOf.stop },
            { value: 'resume', label: words.kindOf.resume },
          ]}
          onChange={(event) => setKind(event.target.value as Kind)}
        />
      </Form.Item>
      {kind === 'resume' ? (
        <Form.Item label={words.fromDay} htmlFor="supply-from" extra={words.fromDayHint}>
          <DatePicker
            id="supply-from"
            minDate={dayjs().add(1, 'day')}
            onChange={(picked) => setFromDay(picked === null ? null : picked.format('YYYY-MM-DD'))}
          />
        </Form.Item>
      ) : null}
      {asked === null ? null : (
        <Loaded query={plan} rows={4}>
          {(planned) => (
            <Consent
              key={`${asked.householdId}-${asked.kind}-${fromDay ?? ''}`}
              asked={asked}
              planned={planned}
              callerKind={callerKind}
            />
          )}
        </Loaded>
      )}
    </>
  )
}

interface ConsentProps {
  readonly asked: InputOf<'heating.planSupplyFor'>
  readonly planned: Planned
  readonly callerKind: SupplyForProps['callerKind']
}

function Consent({ asked, planned, callerKind }: ConsentProps) {
  const words = useWords(createWords).supply
  const apply = useAct('heating.applySupplyFor', ['heating.listSupplies'])
  const [reason, setReason] = useState('')
  const [agreement, setAgreement] = useState('')
  const { plan } = planned
  const ready = agreement.trim().length >= 2 && (!plan.isLate || reason.trim().length >= 2)
  const submit = (): void =>
    apply.mutate({
      ...asked,
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      shownEffectFen: plan.effectFen,
      consented: true,
      callerKind,
      agreement: agreement.trim(),
    })
  if (apply.data)
    return (
      <Alert
        type="success"
        showIcon
        title={words.done}
        description={<Link to="/heating?tab=supplies">{words.doneLink}</Link>}
      />
    )
  return (
    <>
      <ReadOut planned={planned} kind={asked.kind} />
      {plan.isLate ? (
        <Form.Item label={words.reason} htmlFor="supply-reason" required extra={words.late}>
          <Input
            id="supply-reason"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      ) : null}
      <Form.Item label={words.agreement} htmlFor="supply-agreement" required extra={words.agreementHint}>
        <Input.TextArea
          id="supply-agreement"
          rows={2}
          maxLength={200}
          value={agreement}
          onChange={(event) => setAgreement(event.target.value)}
        />
      </Form.Item>
      {apply.error ? <Failed error={apply.error} /> : null}
      <Button type="primary" size="large" disabled={!ready} loading={apply.isPending} onClick={submit}>
        {words.submit}
      </Button>
    </>
  )
}

/** What the caller must hear before they agree. */
function ReadOut({ planned, kind }: { readonly planned: Planned; readonly kind: Kind }) {
  const words = useWords(createWords).supply
  const { plan, consequences, source } = planned
  return (
    <section aria-label={words.readOut}>
      <h3>{words.readOut}</h3>
      <p>
        <b>{plan.effectFen === null ? words.unknown : words.effect[kind](yuan(plan.effectFen))}</b>
      </p>
      <ul className="decide-steps">
        {[...plan.steps, ...plan.missing, ...consequences].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <p className="quiet">{words.source(source)}</p>
    </section>
  )
}
