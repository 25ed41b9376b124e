import { Alert, DatePicker, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { useSearchParams } from 'react-router'
import type { MessageReport } from '../../api/types'
import { channelName } from '../../kit/channels'
import { useCompanies } from '../../kit/companies'
import { count } from '../../kit/count'
import { clockOf, dayOf, today, yuan } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useReport } from './api/read-report'
import { Budgets } from './budgets'
import { Rests } from './rests'
import { byKind, type Counts, type KindTally, totalOf } from './tally'
import { messageWords } from './words'

const dayMs = 86_400_000
const mostDays = 92
const weekAgo = (): string => dayOf(Date.now() - 6 * dayMs)

/** Per kind, with days and channels below; what text messages cost, and which channels rest. */
export function ReportTab() {
  const words = useWords(messageWords)
  const [params] = useSearchParams()
  const to = params.get('to') ?? today()
  const from = params.get('from') ?? weekAgo()
  const companyId = params.get('companyId')
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  const fits = days >= 1 && days <= mostDays
  const report = useReport(fits ? { from, to, ...(companyId !== null && { companyId }) } : null)
  return (
    <>
      <Filters from={from} to={to} companyId={companyId} />
      {fits ? (
        <Loaded query={report} rows={10}>
          {(data) => (
            <div className="report">
              <div>
                <Kinds rows={data.rows} />
                <p className="quiet">
                  {words.unknownHint} <span className="num">{words.asOf(clockOf(data.asOf))}</span>
                </p>
              </div>
              <div className="notice-side">
                <Budgets budgets={data.budgets} />
                <Rests rests={data.rests} />
              </div>
            </div>
          )}
        </Loaded>
      ) : (
        <Alert type="warning" showIcon title={words.tooLong} />
      )}
    </>
  )
}

interface FiltersProps {
  readonly from: string
  readonly to: string
  readonly companyId: string | null
}

function Filters({ from, to, companyId }: FiltersProps) {
  const words = useWords(messageWords)
  const companies = useCompanies(useMe())
  const [, setParams] = useSearchParams()
  const set = (next: { from?: string; to?: string; companyId?: string | null }): void => {
    const all = { from, to, companyId, ...next }
    const company = all.companyId ? { companyId: all.companyId } : {}
    setParams({ tab: 'report', from: all.from, to: all.to, ...company })
  }
  return (
    <Space wrap className="filters">
      <DatePicker.RangePicker
        aria-label={words.range}
        placeholder={[words.from, words.to]}
        allowClear={false}
        value={[dayjs(from), dayjs(to)]}
        onChange={(range) => {
          const [first, last] = range ?? [null, null]
          if (first && last) set({ from: first.format('YYYY-MM-DD'), to: last.format('YYYY-MM-DD') })
        }}
      />
      {companies.length > 1 ? (
        <Select
          aria-label={words.company}
          placeholder={words.company}
          allowClear
          value={companyId}
          className="filter-choice"
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          popupMatchSelectWidth={false}
          onChange={(id: string | undefined) => set({ companyId: id ?? null })}
        />
      ) : null}
    </Space>
  )
}

type Words = (typeof messageWords)['en']
const figures = ['sent', 'delivered', 'refused', 'failed', 'unknown'] as const

/** Figures of a line; what went wrong stands out. */
function figureColumns<Row extends Counts>(words: Words): readonly ListColumn<Row>[] {
  const figure = (name: (typeof figures)[number]): ListColumn<Row> => ({
    key: name,
    title: words[name],
    width: 84,
    align: 'right',
    className: 'num',
    text: (row) => count(row[name]),
    ...(name === 'failed' && {
      render: (row: Row) => <span className={row[name] > 0 ? 'tone-bad' : ''}>{count(row[name])}</span>,
    }),
  })
  return [
    ...figures.map(figure),
    {
      key: 'cost',
      title: words.cost,
      width: 96,
      align: 'right',
      className: 'num',
      text: ({ costFen }) => yuan(costFen),
    },
  ]
}

function Kinds({ rows }: Pick<MessageReport, 'rows'>) {
  const words = useWords(messageWords)
  const kinds = byKind(rows)
  if (kinds.length === 0) return <p className="quiet pad">{words.empty}</p>
  const total: KindTally = { template: '*', title: words.total, lines: [], ...totalOf(rows) }
  return (
    <ListTable<KindTally>
      name="messages"
      label={words.report}
      size="middle"
      rowKey="template"
      rows={[...kinds, total]}
      columns={[
        {
          key: 'kind',
          always: true,
          title: words.kind,
          width: 160,
          text: ({ title }) => title,
          render: ({ template, title }) => (template === '*' ? <b>{title}</b> : title),
        },
        {
          key: 'messages',
          title: words.messages,
          width: 84,
          align: 'right',
          className: 'num',
          text: ({ messages }) => count(messages),
          render: ({ messages }) => <b>{count(messages)}</b>,
        },
        ...figureColumns<KindTally>(words),
      ]}
      expandable={{
        rowExpandable: ({ lines }) => lines.length > 0,
        expandedRowRender: daysOf,
      }}
    />
  )
}

const daysOf = (kind: KindTally) => <Days kind={kind} />

function Days({ kind }: { readonly kind: KindTally }) {
  const words = useWords(messageWords)
  const kit = useWords(kitWords)
  return (
    <ListTable<KindTally['lines'][number]>
      name="message-days"
      label={words.showDays(kind.title)}
      size="small"
      rowKey={({ day, channel }) => `${day}-${channel}`}
      rows={kind.lines}
      columns={[
        { key: 'day', always: true, title: words.day, width: 110, className: 'num', text: ({ day }) => day },
        {
          key: 'channel',
          always: true,
          title: words.channel,
          width: 120,
          text: ({ channel }) => channelName(channel, kit),
        },
        ...figureColumns<KindTally['lines'][number]>(words),
      ]}
    />
  )
}
