import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { timeOf } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { type ReadingReport, useReport } from './api'
import { readingWords } from './words'

type Counts = ReadingReport['total']
type Area = ReadingReport['areas'][number]
type Words = (typeof readingWords)['en']

const percent = ({ reported, meters }: Counts): string =>
  meters === 0 ? '—' : `${Math.round((100 * reported) / meters)}%`

/** How a month goes, whole and by community: who reported, what was adopted by itself, who is missing. */
export function MonthReport({ company }: { readonly company: { readonly companyId?: string } }) {
  const words = useWords(readingWords)
  const [month, setMonth] = useState('')
  const period = /^\d{4}-\d{2}$/.test(month) ? { period: month } : {}
  const report = useReport({ ...company, ...period })
  const shown = month || (report.data?.period ?? '')
  return (
    <>
      <div className="table-tools">
        <DatePicker
          picker="month"
          allowClear={false}
          aria-label={words.month}
          value={shown === '' ? null : dayjs(shown)}
          onChange={(picked) => setMonth(picked === null ? '' : picked.format('YYYY-MM'))}
        />
      </div>
      <Loaded
        query={report}
        rows={10}
        empty={{ when: ({ total }) => total.meters === 0, words: words.empty.report }}
      >
        {({ total, areas, asOf }) => (
          <>
            <Figures total={total} />
            <ListTable<Area>
              name="readings-areas"
              label={words.areas}
              rowKey="areaId"
              rows={areas}
              columns={columnsOf(words)}
            />
            <p className="quiet num">{words.asOf(timeOf(asOf))}</p>
          </>
        )}
      </Loaded>
    </>
  )
}

function Figures({ total }: { readonly total: Counts }) {
  const words = useWords(readingWords)
  const figures = [
    [words.meters, total.meters, ''],
    [words.reported, total.reported, ''],
    [words.byItself, total.byItself, ''],
    [words.doubtfulNow, total.doubtful, total.doubtful > 0 ? 'tone-warn' : ''],
    [words.rejectedNow, total.rejected, ''],
    [words.missing, total.missing, ''],
  ] as const
  return (
    <dl className="figures" aria-label={words.figures}>
      {figures.map(([name, value, tone]) => (
        <div key={name} className="card">
          <dt>{name}</dt>
          <dd className={`num ${tone}`}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function columnsOf(words: Words): readonly ListColumn<Area>[] {
  const count = (key: keyof Counts, title: string): ListColumn<Area> => ({
    key,
    title,
    width: 100,
    className: 'num',
    text: ({ counts }) => String(counts[key]),
  })
  return [
    { key: 'name', always: true, title: words.area, width: 260, text: ({ name }) => name },
    count('meters', words.meters),
    count('reported', words.reported),
    count('byItself', words.byItself),
    count('doubtful', words.doubtfulNow),
    count('rejected', words.rejectedNow),
    count('missing', words.missing),
    { key: 'rate', title: words.rate, width: 90, className: 'num', text: ({ counts }) => percent(counts) },
  ]
}
