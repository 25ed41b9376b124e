import { Button, Cascader, Select, Tabs } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { Company } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { useMay, useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { type PlaceOption, type Target, usePlaces } from './api'
import { CodesTab } from './codes-tab'
import { MakeDialog, PrintDialog } from './make-dialog'
import { OrdersTab } from './orders-tab'
import { RevokeDialog } from './revoke-dialog'
import { codeWords } from './words'

/** One household, one code: which hang where, making, printing and taking them out of use. */
export function CodesPage() {
  const words = useWords(codeWords)
  const me = useMe()
  const may = useMay()
  const companies = useCompanies(me)
  const [params, setParams] = useSearchParams()
  const company = companies.find(({ id }) => id === params.get('companyId')) ?? companies[0]
  const way = params.get('way')?.split('~') ?? []
  const places = usePlaces(company?.id, way)
  const tab = params.get('tab') === 'orders' && may('codeDesk.orders') ? 'orders' : 'codes'
  const go = (next: Record<string, string>): void =>
    setParams({
      ...(company && { companyId: company.id }),
      ...(way.length > 0 && { way: way.join('~') }),
      ...next,
    })
  if (company === undefined) return <Page title={words.title}>{null}</Page>
  const chosen = placesOn(places, way)
  const areaId = way.at(-1)
  const name = chosen.length === 0 ? company.name : chosen.map(({ label }) => label).join(' ')
  const target: Target = { companyId: company.id, ...(areaId !== undefined && { areaId }) }
  const tabs = [
    { key: 'codes', label: words.codes },
    ...(may('codeDesk.orders') ? [{ key: 'orders', label: words.orders }] : []),
  ]
  return (
    <Page
      title={words.title}
      actions={
        <>
          <PlaceChoice {...{ companies, company, places, way, tab }} />
          <TargetActs
            {...{ target, name, company }}
            kind={chosen.at(-1)?.kind ?? null}
            onOrdered={() => go({ tab: 'orders' })}
          />
        </>
      }
    >
      <Tabs aria-label={words.tabs} activeKey={tab} items={tabs} onChange={(next) => go({ tab: next })} />
      {tab === 'orders' ? (
        <OrdersTab companyId={company.id} />
      ) : (
        <CodesTab company={company} areaId={areaId} onOrdered={() => go({ tab: 'orders' })} />
      )}
    </Page>
  )
}

interface PlaceChoiceProps {
  readonly companies: readonly Company[]
  readonly company: Company
  readonly places: PlaceOption[]
  readonly way: string[]
  readonly tab: string
}

/** Company and place, from the district down to the unit; another choice begins at the first page. */
function PlaceChoice({ companies, company, places, way, tab }: PlaceChoiceProps) {
  const words = useWords(codeWords)
  const kit = useWords(kitWords)
  const [, setParams] = useSearchParams()
  const choose = (ids: readonly string[]): void =>
    setParams({ companyId: company.id, tab, ...(ids.length > 0 && { way: ids.join('~') }) })
  return (
    <>
      {companies.length > 1 ? (
        <Select
          aria-label={kit.company}
          value={company.id}
          options={companies.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(companyId: string) => setParams({ companyId, tab })}
          popupMatchSelectWidth={false}
        />
      ) : null}
      <Cascader<PlaceOption>
        aria-label={words.place}
        className="place-choice"
        placeholder={words.wholeCompany}
        changeOnSelect
        value={way}
        options={places}
        onChange={(ids) => choose((ids ?? []) as string[])}
        loadData={(opened) => choose(opened.map(({ value }) => value))}
      />
    </>
  )
}

/** The options on the way to the chosen place, as far as they are known yet. */
function placesOn(places: readonly PlaceOption[], way: readonly string[]): PlaceOption[] {
  const [first, ...rest] = way
  const found = places.find(({ value }) => value === first)
  return found ? [found, ...placesOn(found.children ?? [], rest)] : []
}

interface TargetActsProps {
  readonly target: Target
  readonly name: string
  readonly company: Company
  readonly kind: string | null
  readonly onOrdered: () => void
}

/** What can be done with all codes of the chosen place. */
function TargetActs({ target, name, company, kind, onOrdered }: TargetActsProps) {
  const words = useWords(codeWords)
  const may = useMay()
  const [doing, setDoing] = useState<'make' | 'print' | 'revoke' | null>(null)
  const close = (): void => setDoing(null)
  const { areaId } = target
  const isBuilding = kind === 'building' || kind === 'unit'
  return (
    <>
      {may('codeDesk.make') ? <Button onClick={() => setDoing('make')}>{words.make}</Button> : null}
      {may('codeDesk.print') ? (
        <Button type="primary" onClick={() => setDoing('print')}>
          {words.print}
        </Button>
      ) : null}
      {isBuilding && may('codeDesk.revokeArea') ? (
        <Button danger onClick={() => setDoing('revoke')}>
          {words.revokeArea}
        </Button>
      ) : null}
      {doing === 'make' ? <MakeDialog {...{ target, name, onOrdered }} onClose={close} /> : null}
      {doing === 'print' ? <PrintDialog {...{ target, name, company, onOrdered }} onClose={close} /> : null}
      {doing === 'revoke' && areaId !== undefined ? (
        <RevokeDialog of={{ target: { ...target, areaId }, name }} onClose={close} />
      ) : null}
    </>
  )
}
