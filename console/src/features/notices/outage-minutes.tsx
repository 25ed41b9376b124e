import { DatePicker, Space } from 'antd'
import dayjs from 'dayjs'
import { Link, useSearchParams } from 'react-router'
import { useRead } from '../../api/query'
import type { Output } from '../../api/types'
import { count } from '../../kit/count'
import { timeOf, today } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { noticeWords } from './words'

type Report = Output<'notices.reliability'>
type Outage = Report['outages'][number]
type Words = (typeof noticeWords)['en']

const hours = (minutes: number): string =>
  (minutes / 60).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** How long a company's households were without supply in a month: outage by outage, and on average. */
export function OutageMinutes({ companyId }: { readonly companyId: string | null }) {
  const words = useWords(noticeWords)
  const [params, setParams] = useSearchParams()
  const month = params.get('month') ?? today().slice(0, 7)
  const report = useRead('notices.reliability', companyId === null ? null : { companyId, month })
  return (
    <>
      <Space wrap className="filters">
        <DatePicker
          picker="month"
          aria-label={words.month}
          allowClear={false}
          value={dayjs(`${month}-01`)}
          onChange={(chosen) =>
            chosen !== null &&
            setParams({
              tab: 'minutes',
              ...(companyId !== null && { companyId }),
              month: chosen.format('YYYY-MM'),
            })
          }
        />
      </Space>
      <Loaded query={report} rows={8}>
        {(data) => (
          <>
            <Figures data={data} />
            <p className="quiet">
              {words.minutesHint} {data.pending > 0 ? words.pendingMinutes(data.pending) : ''}{' '}
              {data.count > data.outages.length ? words.moreOutages(data.outages.length) : ''}
            </p>
            {data.outages.length === 0 ? (
              <p className="quiet">{words.noOutages}</p>
            ) : (
              <ListTable<Outage>
                name="outage-minutes"
                label={words.minutesList}
                rowKey="noticeId"
                rows={data.outages}
                columns={columnsOf(words)}
              />
            )}
          </>
        )}
      </Loaded>
    </>
  )
}

function Figures({ data }: { readonly data: Report }) {
  const words = useWords(noticeWords)
  const kit = useWords(kitWords)
  const figures = [
    [words.outages, count(data.count), ''],
    [words.householdTimes, count(data.households), ''],
    [words.householdHours, hours(data.countedMinutes), ''],
    [
      words.average,
      data.averageMinutes === null ? kit.unknown : String(data.averageMinutes),
      data.served === null ? words.averagePart : words.averageHint(count(data.served)),
    ],
  ] as const
  return (
    <dl className="figures" aria-label={words.minutes}>
      {figures.map(([name, value, note]) => (
        <div key={name} className="card">
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
          {note === '' ? null : <dd className="quiet small">{note}</dd>}
        </div>
      ))}
    </dl>
  )
}

function columnsOf(words: Words): readonly ListColumn<Outage>[] {
  return [
    {
      key: 'subject',
      always: true,
      title: words.subject,
      width: 260,
      text: ({ title, number, kind }) => `${title} · ${number} · ${words.kindOf[kind]}`,
      render: (row) => (
        <>
          <Link to={`/notices/${row.noticeId}`}>{row.title}</Link>
          <div className="quiet num">
            {row.number} · {words.kindOf[row.kind]}
          </div>
        </>
      ),
    },
    { key: 'from', title: words.from, width: 120, className: 'num', text: ({ fromAt }) => timeOf(fromAt) },
    {
      key: 'restored',
      title: words.restored,
      width: 120,
      className: 'num',
      text: ({ restoredAt }) => timeOf(restoredAt),
    },
    {
      key: 'lasted',
      title: words.lasted,
      width: 100,
      align: 'right',
      className: 'num',
      text: ({ fromAt, restoredAt }) => hours((restoredAt - fromAt) / 60_000),
    },
    {
      key: 'households',
      title: words.households,
      width: 90,
      align: 'right',
      className: 'num',
      text: ({ households }) => count(households),
    },
    {
      key: 'householdHours',
      title: words.householdHours,
      width: 110,
      align: 'right',
      className: 'num',
      text: ({ countedMinutes }) => hours(countedMinutes),
    },
  ]
}
