import { Input, Select, Space, Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { useCompanies } from '../../kit/companies'
import { placeIn } from '../../kit/keyset'
import { Loaded } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { Pager } from '../../kit/pager'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useInvoices } from './api'
import { filterFrom, tabs, withFilter } from './filter'
import { InvoiceTable } from './invoice-table'
import { invoiceWords } from './words'

/** Invoices of my companies: what needs somebody first; filters stand in the address. */
export function InvoicesPage() {
  const words = useWords(invoiceWords)
  const [params, setParams] = useSearchParams()
  const filter = filterFrom(params)
  const { cursor } = placeIn(params)
  const list = useInvoices({ ...filter, ...(cursor !== null && { cursor }) })
  return (
    <Page title={words.title} actions={<Filters />}>
      <Tabs
        aria-label={words.tabs}
        activeKey={filter.tab}
        onChange={(tab) => setParams(withFilter(params, { tab }))}
        items={tabs.map((key) => ({ key, label: words.tabOf[key] }))}
      />
      <Loaded
        query={list}
        rows={10}
        empty={{ when: ({ items }) => items.length === 0, words: words.empty[filter.tab] }}
      >
        {({ items }) => <InvoiceTable rows={items} loading={list.isPlaceholderData} />}
      </Loaded>
      <Pager nextCursor={list.data?.nextCursor ?? null} />
    </Page>
  )
}

function Filters() {
  const words = useWords(invoiceWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  const [params, setParams] = useSearchParams()
  const set = (part: Readonly<Record<string, string>>): void => setParams(withFilter(params, part))
  const day = (name: 'from' | 'to') => (
    <Input
      type="date"
      aria-label={words[name]}
      value={params.get(name) ?? ''}
      onChange={(event) => set({ [name]: event.target.value })}
    />
  )
  return (
    <Space wrap>
      {companies.length > 1 ? (
        <Select
          aria-label={kit.company}
          value={params.get('companyId') ?? ''}
          options={[
            { value: '', label: kit.allCompanies },
            ...companies.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(companyId: string) => set({ companyId })}
          popupMatchSelectWidth={false}
        />
      ) : null}
      {day('from')}
      {day('to')}
      <Input.Search
        aria-label={words.findNo}
        placeholder={words.findNoHolder}
        defaultValue={params.get('invoiceNo') ?? ''}
        maxLength={20}
        allowClear
        onSearch={(invoiceNo) => set({ invoiceNo: invoiceNo.trim() })}
      />
    </Space>
  )
}
