import { Select, Tabs } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useCompanies } from '../../kit/companies'
import { Countdown } from '../../kit/countdown-text'
import { timeOf } from '../../kit/format'
import { stepIn } from '../../kit/key-map'
import { placeIn } from '../../kit/keyset'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { Pager } from '../../kit/pager'
import { useKeys } from '../../kit/use-keys'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { type DeskReading, useReadings } from './api'
import { Findings } from './findings'
import { MonthReport } from './month-report'
import { readingWords } from './words'

type Words = (typeof readingWords)['en']
const tabs = ['doubtful', 'adopted', 'rejected', 'report'] as const

/** What households say of their meters: what waits for a person first, then how the month goes. */
export function ReadingsPage() {
  const words = useWords(readingWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  const [params, setParams] = useSearchParams()
  const tab = tabs.find((one) => one === params.get('tab')) ?? 'doubtful'
  const companyId = params.get('companyId')
  const company = companyId === null ? {} : { companyId }
  // Where none is chosen the server takes one, and whose readings these are must be said.
  const taken = useReadings(companyId === null ? { tab: 'doubtful' } : null)
  const actions =
    companies.length > 1 ? (
      <Select
        aria-label={kit.company}
        placeholder={kit.company}
        value={companyId ?? taken.data?.companyId ?? null}
        options={companies.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id: string) => setParams({ tab, companyId: id })}
        popupMatchSelectWidth={false}
      />
    ) : null
  return (
    <Page title={words.title} actions={actions}>
      <Tabs
        aria-label={words.tabs}
        activeKey={tab}
        onChange={(next) => setParams({ tab: next, ...company })}
        items={tabs.map((key) => ({ key, label: words.tab[key] }))}
      />
      {tab === 'report' ? <MonthReport company={company} /> : <ReadingList tab={tab} company={company} />}
    </Page>
  )
}

interface ListProps {
  readonly tab: 'doubtful' | 'adopted' | 'rejected'
  readonly company: { readonly companyId?: string }
}

function ReadingList({ tab, company }: ListProps) {
  const words = useWords(readingWords)
  const [params] = useSearchParams()
  const { cursor } = placeIn(params)
  const list = useReadings({ tab, ...company, ...(cursor !== null && { cursor }) })
  const rows = list.data?.items ?? []
  const current = useRows(rows.map(({ id }) => id))
  return (
    <>
      {tab === 'doubtful' ? <p className="quiet">{words.about}</p> : null}
      <Loaded
        query={list}
        rows={10}
        empty={{ when: ({ items }) => items.length === 0, words: words.empty[tab] }}
      >
        {({ items }) => (
          <ListTable<DeskReading>
            name={`readings-${tab}`}
            label={`${words.list} ${words.tab[tab]}`}
            rowKey="id"
            rows={items}
            columns={columnsOf(words, tab)}
            loading={list.isPlaceholderData}
            rowClassName={({ id }) => (id === current ? 'row-current' : '')}
          />
        )}
      </Loaded>
      <Pager nextCursor={list.data?.nextCursor ?? null} />
    </>
  )
}

/** The row that `j` and `k` lead to; Enter opens it. */
function useRows(ids: readonly string[]): string | null {
  const go = useNavigate()
  const [current, setCurrent] = useState<string | null>(null)
  const step = (by: 1 | -1): void => setCurrent(stepIn(ids, current, by))
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => {
      if (current !== null && ids.includes(current)) void go(`/readings/${current}`)
    },
  })
  return current
}

function columnsOf(words: Words, tab: ListProps['tab']): readonly ListColumn<DeskReading>[] {
  const due: ListColumn<DeskReading> = {
    key: 'due',
    title: words.due,
    width: 120,
    text: ({ dueAt }) => (dueAt === null ? '—' : timeOf(dueAt)),
    render: ({ dueAt }) => <Countdown clock={{ state: 'running', dueAt, warnAt: warnAt(dueAt) }} />,
  }
  const decided: readonly ListColumn<DeskReading>[] = [
    {
      key: 'decided',
      title: words.decided,
      width: 220,
      text: ({ decidedByName, decision }) =>
        [decidedByName ?? words.byItself, decision ?? ''].join(' ').trim(),
    },
    {
      key: 'posting',
      title: words.posting,
      width: 110,
      text: ({ posting }) => (posting === null ? '—' : words.postingOf[posting]),
    },
  ]
  return [
    {
      key: 'household',
      always: true,
      title: words.household,
      width: 240,
      text: ({ household }) => `${household.nameMasked} ${household.addressMasked}`,
      render: ({ id, household }) => (
        <>
          <Link to={`/readings/${id}`}>{household.nameMasked}</Link>
          <div className="quiet num">{household.accountNoMasked}</div>
          <div className="quiet ellipsis">{household.addressMasked}</div>
        </>
      ),
    },
    {
      key: 'value',
      title: words.value,
      width: 150,
      className: 'num',
      text: ({ value, correctedValue, unit }) =>
        `${value} ${unit}${correctedValue === null ? '' : ` ${words.corrected(correctedValue)}`}`,
    },
    {
      key: 'last',
      title: words.last,
      width: 90,
      className: 'num',
      text: ({ lastValue }) => lastValue || '—',
    },
    { key: 'used', title: words.used, width: 80, className: 'num', text: ({ used }) => used ?? '—' },
    {
      key: 'why',
      title: words.why,
      width: 190,
      text: (row) => row.findings.map((one) => words.finding[one]).join(' '),
      render: (row) => <Findings reading={row} />,
    },
    { key: 'at', title: words.at, width: 110, className: 'num', text: ({ readAt }) => timeOf(readAt) },
    ...(tab === 'doubtful' ? [due] : decided),
  ]
}

const HOURS_BEFORE = 12
/** Half a day before it is promised it turns yellow. */
const warnAt = (dueAt: number | null): number | null =>
  dueAt === null ? null : dueAt - HOURS_BEFORE * 3_600_000
