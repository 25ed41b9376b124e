import { Table } from 'antd'
import { useWords } from '../../words/language'
import type { ReadingDetail } from './api'
import { barsOf } from './bars'
import { readingWords } from './words'

type Official = ReadingDetail['official'][number]

/** What was used in each period, drawn and as a table; the use that was reported now stands last. */
export function History({ detail }: { readonly detail: ReadingDetail }) {
  const words = useWords(readingWords)
  const { reading, official } = detail
  const bars = barsOf(official, reading.used, words.thisOne)
  return (
    <section className="card">
      <h2>{words.history}</h2>
      <svg
        className="reading-chart"
        viewBox="0 0 100 42"
        preserveAspectRatio="none"
        role="img"
        aria-label={words.chartText(bars.map(({ label, used }) => `${label} ${used}`).join('，'))}
      >
        {bars.map((bar) => (
          <rect
            key={bar.label}
            className={bar.isNow ? 'bar-now' : bar.isGuess ? 'bar-guess' : 'bar'}
            x={bar.x}
            y={40 - bar.height}
            width={bar.width}
            height={bar.height}
          />
        ))}
      </svg>
      <Table<Official>
        size="small"
        rowKey="period"
        pagination={false}
        aria-label={words.history}
        dataSource={official}
        columns={[
          {
            key: 'period',
            title: words.period,
            render: (_, row) => <span className="num">{row.period}</span>,
          },
          {
            key: 'on',
            title: words.readOn,
            render: (_, row) => <span className="num">{row.on ?? '—'}</span>,
          },
          {
            key: 'value',
            title: words.reading,
            render: (_, row) => <span className="num">{row.value}</span>,
          },
          { key: 'used', title: words.used, render: (_, row) => <span className="num">{row.used}</span> },
          { key: 'by', title: '', render: (_, row) => words.byOf[row.by] },
        ]}
      />
    </section>
  )
}
