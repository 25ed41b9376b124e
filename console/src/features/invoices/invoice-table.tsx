import { Link } from 'react-router'
import { useCompanies } from '../../kit/companies'
import { timeOf, yuan } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { useMe } from '../../kit/me-context'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import type { DeskInvoice } from './api'
import { invoiceWords } from './words'

const TONES = {
  issuing: 'quiet',
  issued: 'ok',
  failed: 'bad',
  cancelling: 'warn',
  cancelled: 'quiet',
} as const

export function StateChip({ of }: { readonly of: Pick<DeskInvoice, 'state' | 'isStuck'> }) {
  const words = useWords(invoiceWords)
  return (
    <>
      <span className={`chip chip-${TONES[of.state]}`}>{words.stateOf[of.state]}</span>
      {of.isStuck ? <span className="chip chip-warn">{words.stuck}</span> : null}
    </>
  )
}

export function InvoiceTable({
  rows,
  loading,
}: {
  readonly rows: readonly DeskInvoice[]
  readonly loading: boolean
}) {
  const words = useWords(invoiceWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  const columns: readonly ListColumn<DeskInvoice>[] = [
    {
      key: 'about',
      always: true,
      title: words.about,
      width: 220,
      text: ({ about }) => about,
      render: ({ id, about }) => <Link to={`/invoices/${id}`}>{about}</Link>,
    },
    {
      key: 'state',
      title: words.state,
      width: 150,
      text: ({ state, isStuck }) => [words.stateOf[state], isStuck ? words.stuck : ''].join(' ').trim(),
      render: (row) => <StateChip of={row} />,
    },
    { key: 'failure', title: words.failure, width: 220, text: ({ failure }) => failure ?? '—' },
    {
      key: 'buyer',
      title: words.buyer,
      width: 200,
      text: ({ buyerKind, buyerName }) => `${words.kindOf[buyerKind]} ${buyerName}`,
    },
    {
      key: 'total',
      title: words.total,
      width: 130,
      align: 'right',
      className: 'num',
      text: ({ totalFen }) => yuan(totalFen),
    },
    { key: 'no', title: words.no, width: 200, className: 'num', text: ({ invoiceNo }) => invoiceNo ?? '—' },
    {
      key: 'company',
      title: kit.company,
      width: 120,
      text: ({ companyId }) => companies.find(({ id }) => id === companyId)?.name ?? companyId,
    },
    {
      key: 'asked',
      title: words.asked,
      width: 120,
      className: 'num',
      text: ({ createdAt }) => timeOf(createdAt),
    },
  ]
  return (
    <ListTable<DeskInvoice>
      name="invoices"
      label={words.list}
      rowKey="id"
      rows={rows}
      columns={columns}
      loading={loading}
    />
  )
}
