import { DatePicker } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Output } from '../../api/types'
import { timeOf, yuan } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { Pager } from '../../kit/pager'
import { useWords } from '../../words/language'
import { type LedgerLine, useLedger } from './api'
import type { At } from './case-list'
import { heatWords } from './words'

/** What was paid back, with sums over all of the chosen days, and as a file. */
export function Ledger({ at }: { readonly at: At }) {
  const words = useWords(heatWords)
  const [days, setDays] = useState<{ from?: string; to?: string }>({})
  const list = useLedger({ ...at, ...days })
  return (
    <>
      <DatePicker.RangePicker
        aria-label={words.period}
        onChange={(_, texts) => {
          const [from = '', to = ''] = texts ?? []
          setDays({ ...(from !== '' && { from }), ...(to !== '' && { to }) })
        }}
      />
      {list.data === undefined ? null : <Sums sums={list.data.sums} />}
      <Loaded
        query={list}
        rows={10}
        empty={{ when: ({ items }) => items.length === 0, words: words.empty.ledger }}
      >
        {({ items }) => (
          <ListTable<LedgerLine>
            name="heat-ledger"
            label={words.ledgerList}
            rowKey="id"
            rows={items}
            columns={columnsOf(words)}
            loading={list.isPlaceholderData}
          />
        )}
      </Loaded>
      <Pager nextCursor={list.data?.nextCursor ?? null} />
    </>
  )
}

function Sums({ sums }: { readonly sums: Output<'heating.listLedger'>['sums'] }) {
  const words = useWords(heatWords)
  const figures = [
    [words.sumCases, String(sums.cases)],
    [words.amount, yuan(sums.amountFen)],
    [words.refundedColumn, yuan(sums.refundedFen)],
    [words.creditedColumn, yuan(sums.creditedFen)],
  ] as const
  return (
    <dl className="figures" aria-label={words.sums}>
      {figures.map(([name, value]) => (
        <div key={name} className="card">
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function columnsOf(words: (typeof heatWords)['en']): readonly ListColumn<LedgerLine>[] {
  const figure = (key: string, title: string, text: (row: LedgerLine) => string): ListColumn<LedgerLine> => ({
    key,
    title,
    width: 120,
    align: 'right',
    className: 'num',
    text,
  })
  return [
    {
      key: 'number',
      always: true,
      title: words.number,
      width: 210,
      text: ({ number }) => number,
      render: ({ id, number }) => (
        <Link to={`/heating/${id}`} className="num">
          {number}
        </Link>
      ),
    },
    { key: 'home', title: words.home, width: 200, text: ({ addressMasked }) => addressMasked },
    figure('approved', words.approvedAt, ({ approvedAt }) => timeOf(approvedAt)),
    { key: 'by', title: words.approvers, width: 150, text: ({ approvers }) => approvers.join('，') },
    figure('days', words.coldDays, ({ coldDays }) => String(coldDays)),
    figure('stopped', words.stopped, ({ stoppedMinutes }) => String(stoppedMinutes)),
    figure('amount', words.amount, ({ amountFen }) => yuan(amountFen)),
    figure('refunded', words.refundedColumn, ({ refundedFen }) => yuan(refundedFen)),
    figure('credited', words.creditedColumn, ({ creditedFen }) => yuan(creditedFen)),
    { key: 'progress', title: words.progress, width: 120, text: ({ state }) => words.backOf[state] },
  ]
}
