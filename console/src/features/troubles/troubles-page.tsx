import { Segmented, Select, Space, Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import type { Input } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { placeIn, withPlace } from '../../kit/keyset'
import { Loaded } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { Pager } from '../../kit/pager'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useTroubleCounts, useTroubles } from './api/read-troubles'
import { TroubleTable } from './trouble-table'
import { troubleWords } from './words'

type Kind = Input<'troubles.list'>['kind']
const kinds: readonly Kind[] = ['exception', 'posting', 'refund', 'job']

/** What went wrong behind the cashier and with promised work: one kind at a time, in the address. */
export function TroublesPage() {
  const words = useWords(troubleWords)
  const [params] = useSearchParams()
  const input = inputFrom(params)
  const troubles = useTroubles(input)
  return (
    <Page title={words.title} actions={<Filters kind={input.kind} />}>
      <KindTabs kind={input.kind} />
      <p className="quiet">{words.about[input.kind]}</p>
      <Loaded
        query={troubles}
        empty={{ when: ({ items }) => items.length === 0, words: words.nothing[input.kind] }}
      >
        {({ items }) => <TroubleTable rows={items} label={words.kind[input.kind]} />}
      </Loaded>
      <Pager nextCursor={troubles.data?.nextCursor ?? null} />
    </Page>
  )
}

function inputFrom(params: URLSearchParams): Input<'troubles.list'> & { readonly kind: Kind } {
  const kind = kinds.find((one) => one === params.get('kind')) ?? 'exception'
  const [companyId, cursor] = [params.get('companyId'), placeIn(params).cursor]
  return {
    kind,
    show: params.get('show') === 'resolved' && kind === 'exception' ? 'resolved' : 'open',
    limit: 30,
    ...(companyId && { companyId }),
    ...(cursor !== null && { cursor }),
  }
}

function KindTabs({ kind }: { readonly kind: Kind }) {
  const words = useWords(troubleWords)
  const [params, setParams] = useSearchParams()
  const counts = useTroubleCounts().data
  const label = (one: Kind) => (
    <span>
      {words.kind[one]} <span className="num count">{counts?.[one] ?? ''}</span>
    </span>
  )
  return (
    <Tabs
      key={counts === undefined ? 'uncounted' : 'counted'}
      aria-label={words.title}
      activeKey={kind}
      onChange={(next) => {
        const changed = withPlace(params, { cursor: null, trail: [] })
        changed.set('kind', next)
        setParams(changed)
      }}
      items={kinds.map((one) => ({ key: one, label: label(one) }))}
    />
  )
}

function Filters({ kind }: { readonly kind: Kind }) {
  const words = useWords(troubleWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  const [params, setParams] = useSearchParams()
  const set = (name: string, value: string | undefined): void => {
    const next = withPlace(params, { cursor: null, trail: [] })
    if (value) next.set(name, value)
    else next.delete(name)
    setParams(next)
  }
  return (
    <Space wrap>
      {kind === 'exception' ? (
        <Segmented
          aria-label={words.show}
          value={params.get('show') === 'resolved' ? 'resolved' : 'open'}
          options={(['open', 'resolved'] as const).map((value) => ({ value, label: words.showOf[value] }))}
          onChange={(value) => set('show', value === 'open' ? undefined : String(value))}
        />
      ) : null}
      {companies.length > 1 && kind !== 'job' ? (
        <Select
          aria-label={kit.company}
          placeholder={kit.company}
          allowClear
          value={params.get('companyId')}
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value: string | null | undefined) => set('companyId', value ?? undefined)}
          popupMatchSelectWidth={false}
        />
      ) : null}
    </Space>
  )
}
