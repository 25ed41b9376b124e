import { Form, Radio, Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { ActInput, Company, HouseholdPanel, Output, ResidentType } from '../../../api/types'
import { useCompanies } from '../../../kit/companies'
import { Loaded } from '../../../kit/loaded'
import { useMe } from '../../../kit/me-context'
import { Page } from '../../../kit/page'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { useTypes } from '../api/read-types'
import { Created } from './created'
import { DangerGate } from './danger-gate'
import { DetailsForm } from './details-form'
import { HouseholdChoice } from './household-choice'
import { SupplyFor } from './supply-for'
import { TypeChoice } from './type-choice'
import { createWords } from './words'

type CallerKind = ActInput<'desk.create'>['callerKind']

/** A request for somebody on the telephone or at the counter, from top to bottom as the talk goes. */
export function NewRequestPage() {
  const words = useWords(createWords)
  const companies = useCompanies(useMe())
  const [params, setParams] = useSearchParams()
  const companyId = params.get('companyId') ?? companies[0]?.id
  const [round, setRound] = useState(0)
  const [created, setCreated] = useState<Output<'desk.create'> | null>(null)
  const again = (): void => {
    setCreated(null)
    setRound((before) => before + 1)
  }
  if (created !== null)
    return (
      <Page title={words.title}>
        <Created answer={created} onAgain={again} />
      </Page>
    )
  return (
    <Page title={words.title}>
      {companyId === undefined ? null : (
        <NewRequest
          key={`${companyId}-${round}`}
          companyId={companyId}
          companies={companies}
          onCompany={(id) => setParams({ companyId: id })}
          onCreated={setCreated}
        />
      )}
    </Page>
  )
}

interface NewRequestProps {
  readonly companyId: string
  readonly companies: readonly Company[]
  readonly onCompany: (id: string) => void
  /** The home of whoever is on the line, where that is known. */
  readonly first?: HouseholdPanel | null
  readonly onCreated: (answer: Output<'desk.create'>) => void
}

/** The form from top to bottom as the talk goes; a call has one of its own beside it. */
export function NewRequest({ companyId, companies, onCompany, first = null, onCreated }: NewRequestProps) {
  const words = useWords(createWords)
  const kit = useWords(kitWords)
  const catalogue = useTypes(companyId)
  const [callerKind, setCallerKind] = useState<CallerKind>('phone')
  const [household, setHousehold] = useState<HouseholdPanel | null>(first)
  const [type, setType] = useState<ResidentType | null>(null)
  const [passedFor, setPassedFor] = useState<string | null>(null)
  const callers = (['phone', 'counter', '12345'] as const).map((value) => ({
    value,
    label: words.callerOf[value],
  }))
  const gateOpen = type !== null && type.stopper !== null && passedFor !== type.id
  return (
    <Form layout="vertical" component="div" className="new-request card">
      <div className="form-row">
        {companies.length > 1 ? (
          <Form.Item label={kit.company} htmlFor="new-company">
            <Select
              id="new-company"
              value={companyId}
              options={companies.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={onCompany}
            />
          </Form.Item>
        ) : null}
        <Form.Item label={words.caller} className="wide">
          <Radio.Group
            aria-label={words.caller}
            optionType="button"
            options={callers}
            value={callerKind}
            onChange={(event) => setCallerKind(event.target.value as CallerKind)}
          />
        </Form.Item>
      </div>
      <Form.Item label={words.household}>
        <HouseholdChoice companyId={companyId} chosen={household} onChoose={setHousehold} />
      </Form.Item>
      <Loaded query={catalogue} rows={4}>
        {({ classes, types, version }) => (
          <>
            <Form.Item label={words.type}>
              <TypeChoice classes={classes} types={types} chosen={type} onChoose={setType} />
            </Form.Item>
            {type !== null && type.stopper !== null && gateOpen ? (
              <DangerGate key={type.id} stopper={type.stopper} onPassed={() => setPassedFor(type.id)} />
            ) : null}
            {type === null || gateOpen ? null : type.page === 'heat' ? (
              <SupplyFor
                key={household?.id ?? ''}
                householdId={household?.id ?? null}
                callerKind={callerKind}
              />
            ) : (
              <DetailsForm
                key={type.id}
                head={{ companyId, catalogueVersion: version, callerKind }}
                type={type}
                householdId={household?.id ?? null}
                onCreated={onCreated}
              />
            )}
          </>
        )}
      </Loaded>
    </Form>
  )
}
