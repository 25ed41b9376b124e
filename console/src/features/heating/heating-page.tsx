import { Select, Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { useCompanies } from '../../kit/companies'
import { placeIn } from '../../kit/keyset'
import { useMay, useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { CaseList } from './case-list'
import { Ledger } from './ledger'
import { SupplyList } from './supply-list'
import { heatWords } from './words'

const tabs = ['open', 'approve', 'all', 'supplies', 'ledger'] as const
type Tab = (typeof tabs)[number]
const needs: Record<Tab, 'heating.listCases' | 'heating.listSupplies' | 'heating.listLedger'> = {
  open: 'heating.listCases',
  approve: 'heating.listCases',
  all: 'heating.listCases',
  supplies: 'heating.listSupplies',
  ledger: 'heating.listLedger',
}

/** Cold homes and their refunds, applications to stop or resume the supply, and what was paid back. */
export function HeatingPage() {
  const words = useWords(heatWords)
  const kit = useWords(kitWords)
  const may = useMay()
  const companies = useCompanies(useMe())
  const [params, setParams] = useSearchParams()
  const shown = tabs.filter((one) => may(needs[one]))
  const tab = shown.find((one) => one === params.get('tab')) ?? shown[0] ?? 'open'
  const companyId = params.get('companyId')
  const { cursor } = placeIn(params)
  const at = { ...(companyId !== null && { companyId }), ...(cursor !== null && { cursor }) }
  const choice =
    companies.length > 1 ? (
      <Select
        aria-label={kit.company}
        value={companyId ?? ''}
        options={[
          { value: '', label: kit.allCompanies },
          ...companies.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id: string) => setParams({ tab, ...(id !== '' && { companyId: id }) })}
        popupMatchSelectWidth={false}
      />
    ) : null
  return (
    <Page title={words.title} actions={choice}>
      <Tabs
        aria-label={words.tabs}
        activeKey={tab}
        onChange={(next) => setParams({ tab: next, ...(companyId !== null && { companyId }) })}
        items={shown.map((key) => ({ key, label: words.tabOf[key] }))}
      />
      {tab === 'ledger' ? (
        <Ledger at={at} />
      ) : tab === 'supplies' ? (
        <SupplyList at={at} />
      ) : (
        <CaseList tab={tab} at={at} />
      )}
    </Page>
  )
}
