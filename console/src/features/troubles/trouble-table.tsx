import type { Output } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { timeOf, yuan } from '../../kit/format'
import { useMe } from '../../kit/me-context'
import { WideTable } from '../../kit/wide-table'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { TroubleActs } from './trouble-acts'
import { troubleWords } from './words'

export type Trouble = Output<'troubles.list'>['items'][number]

export function TroubleTable({ rows, label }: { readonly rows: readonly Trouble[]; readonly label: string }) {
  const words = useWords(troubleWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  const hasMoney = rows.some(({ amountFen }) => amountFen !== null)
  return (
    <WideTable<Trouble>
      rowKey="id"
      aria-label={label}
      dataSource={[...rows]}
      columns={[
        { title: words.at, width: 120, className: 'num', render: (_, row) => timeOf(row.at) },
        { title: words.what, width: 340, render: (_, row) => <What row={row} /> },
        ...(hasMoney
          ? [
              {
                title: words.amount,
                width: 120,
                className: 'num',
                render: (_: unknown, row: Trouble) => (row.amountFen === null ? '—' : yuan(row.amountFen)),
              },
              { title: words.order, width: 260, render: (_: unknown, row: Trouble) => <Order row={row} /> },
              {
                title: kit.company,
                width: 140,
                render: (_: unknown, row: Trouble) =>
                  companies.find(({ id }) => id === row.companyId)?.name ?? row.companyId ?? '—',
              },
            ]
          : []),
        { title: words.tries, width: 150, render: (_, row) => <Tries row={row} /> },
        {
          title: <span className="hidden">{words.acts}</span>,
          width: 200,
          render: (_, row) => <TroubleActs row={row} />,
        },
      ]}
    />
  )
}

function What({ row }: { readonly row: Trouble }) {
  const words = useWords(troubleWords)
  const codes: Readonly<Record<string, string>> = words.code
  return (
    <>
      <b>{codes[row.code] ?? row.code}</b>
      {row.detail === '' ? null : (
        <details className="quiet trouble-detail">
          <summary>{words.technical}</summary>
          {row.detail}
        </details>
      )}
    </>
  )
}

function Order({ row }: { readonly row: Trouble }) {
  const words = useWords(troubleWords)
  const lines = [
    ...(row.orderNo === null ? [] : [`${words.orderNo} ${row.orderNo}`]),
    ...(row.tradeNo === null ? [] : [`${words.tradeNo} ${row.tradeNo}`]),
    ...(row.accountNoMasked === null ? [] : [`${words.accountNo} ${row.accountNoMasked}`]),
  ]
  return (
    <>
      {lines.map((line) => (
        <div key={line} className="num trouble-detail">
          {line}
        </div>
      ))}
    </>
  )
}

function Tries({ row }: { readonly row: Trouble }) {
  const words = useWords(troubleWords)
  if (row.resolved !== null) return <span className="quiet">{words.settled}</span>
  if (row.attempts === null) return <span className="quiet">—</span>
  return (
    <>
      <span className="num">{words.tried(row.attempts)}</span>
      {row.nextTryAt === null ? null : (
        <div className="quiet num">{words.nextTry(timeOf(row.nextTryAt))}</div>
      )}
    </>
  )
}
