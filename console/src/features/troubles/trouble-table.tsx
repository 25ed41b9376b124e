import type { Output } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { timeOf, yuan } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { useMe } from '../../kit/me-context'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { TroubleActs } from './trouble-acts'
import { troubleWords } from './words'

export type Trouble = Output<'troubles.list'>['items'][number]

type Words = (typeof troubleWords)['en']

export function TroubleTable({ rows, label }: { readonly rows: readonly Trouble[]; readonly label: string }) {
  const words = useWords(troubleWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  const hasMoney = rows.some(({ amountFen }) => amountFen !== null)
  const money: readonly ListColumn<Trouble>[] = [
    {
      key: 'amount',
      title: words.amount,
      width: 120,
      className: 'num',
      text: ({ amountFen }) => (amountFen === null ? '—' : yuan(amountFen)),
    },
    {
      key: 'order',
      title: words.order,
      width: 260,
      text: (row) => orderLines(row, words).join(' · '),
      render: (row) => <Order row={row} />,
    },
    {
      key: 'company',
      title: kit.company,
      width: 140,
      text: ({ companyId }) => companies.find(({ id }) => id === companyId)?.name ?? companyId ?? '—',
    },
  ]
  const columns: readonly ListColumn<Trouble>[] = [
    { key: 'at', title: words.at, width: 120, className: 'num', text: ({ at }) => timeOf(at) },
    {
      key: 'what',
      always: true,
      title: words.what,
      width: 340,
      text: ({ code }) => whatText(code, words),
      render: (row) => <What row={row} />,
    },
    ...(hasMoney ? money : []),
    {
      key: 'tries',
      title: words.tries,
      width: 150,
      text: (row) => triesText(row, words),
      render: (row) => <Tries row={row} />,
    },
  ]
  return (
    <ListTable<Trouble>
      name="troubles"
      label={label}
      rowKey="id"
      rows={rows}
      columns={columns}
      acts={{ title: words.acts, width: 200, render: (row) => <TroubleActs row={row} /> }}
    />
  )
}

const whatText = (code: string, words: Words): string => {
  const codes: Readonly<Record<string, string>> = words.code
  return codes[code] ?? code
}

const orderLines = (row: Trouble, words: Words): readonly string[] => [
  ...(row.orderNo === null ? [] : [`${words.orderNo} ${row.orderNo}`]),
  ...(row.tradeNo === null ? [] : [`${words.tradeNo} ${row.tradeNo}`]),
  ...(row.accountNoMasked === null ? [] : [`${words.accountNo} ${row.accountNoMasked}`]),
]

function triesText({ resolved, attempts, nextTryAt }: Trouble, words: Words): string {
  if (resolved !== null) return words.settled
  if (attempts === null) return '—'
  const tried = words.tried(attempts)
  return nextTryAt === null ? tried : `${tried} · ${words.nextTry(timeOf(nextTryAt))}`
}

function What({ row }: { readonly row: Trouble }) {
  const words = useWords(troubleWords)
  return (
    <>
      <b>{whatText(row.code, words)}</b>
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
  return (
    <>
      {orderLines(row, words).map((line) => (
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
