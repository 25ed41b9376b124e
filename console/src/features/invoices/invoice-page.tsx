import { ArrowLeftOutlined } from '@ant-design/icons'
import { Alert } from 'antd'
import { Link, useParams } from 'react-router'
import { Facts } from '../../kit/facts'
import { timeOf, yuan } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useTitle } from '../../kit/page'
import { useWords } from '../../words/language'
import { type InvoiceDetail, useInvoice } from './api'
import { InvoiceActs } from './invoice-acts'
import { StateChip } from './invoice-table'
import { invoiceWords } from './words'

/** One invoice: what is on it, every step at the tax platform, and what may be done about it. */
export function InvoicePage() {
  const { invoiceId = '' } = useParams()
  const words = useWords(invoiceWords)
  const query = useInvoice(invoiceId)
  useTitle(words.one(query.data?.invoice.about ?? ''))
  return (
    <Loaded query={query} rows={12}>
      {({ invoice }) => (
        <div className="page">
          <Head invoice={invoice} />
          {invoice.failure === null ? null : (
            <Alert type="warning" title={words.failure} description={invoice.failure} />
          )}
          <InvoiceActs invoice={invoice} />
          <Whole invoice={invoice} />
          <Steps invoice={invoice} />
        </div>
      )}
    </Loaded>
  )
}

interface Of {
  readonly invoice: InvoiceDetail
}

function Head({ invoice }: Of) {
  const words = useWords(invoiceWords)
  return (
    <div className="request-head">
      <Link to="/invoices" className="back" aria-label={words.back} title={words.back}>
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <div className="request-title">
        <h1>{invoice.about}</h1>
        <div className="quiet">
          <StateChip of={invoice} /> <span className="num">¥{yuan(invoice.totalFen)}</span>
        </div>
      </div>
    </div>
  )
}

function Whole({ invoice }: Of) {
  const words = useWords(invoiceWords)
  const { lines, items } = invoice
  return (
    <section className="card">
      <h2>{words.whole}</h2>
      <Facts
        rows={[
          [words.buyer, `${words.kindOf[invoice.buyerKind]} ${invoice.buyerName}`],
          [words.seller, invoice.sellerName],
          [words.no, invoice.invoiceNo],
          [words.net, yuan(invoice.netFen)],
          [words.tax, yuan(invoice.taxFen)],
          [words.total, yuan(invoice.totalFen)],
          [
            words.lines,
            lines
              .map(({ name, rateWords, netFen, taxFen }) =>
                words.line(name, rateWords, yuan(netFen), yuan(taxFen)),
              )
              .join('；'),
          ],
          [
            words.items,
            items
              .map(({ title, period, amountFen }) => words.item(title, period, yuan(amountFen)))
              .join('；'),
          ],
          [words.remark, invoice.remark],
          [words.asked, timeOf(invoice.createdAt)],
          [words.redNo, invoice.redNo],
          [words.redAt, invoice.redAt === null ? null : timeOf(invoice.redAt)],
          [words.redNote, invoice.redNote],
        ]}
      />
    </section>
  )
}

type Step = InvoiceDetail['steps'][number]

function Steps({ invoice }: Of) {
  const words = useWords(invoiceWords)
  const time = (at: number | null): string => (at === null ? '—' : timeOf(at))
  const columns: readonly ListColumn<Step>[] = [
    { key: 'what', always: true, title: words.what, width: 130, text: ({ kind }) => words.stepOf[kind] },
    { key: 'state', title: words.state, width: 130, text: ({ state }) => words.stepState[state] },
    { key: 'code', title: words.lastCode, width: 140, text: ({ lastCode }) => lastCode ?? '—' },
    { key: 'tries', title: words.attempts, width: 80, text: ({ attempts }) => String(attempts) },
    { key: 'next', title: words.nextTry, width: 120, text: ({ nextAttemptAt }) => time(nextAttemptAt) },
    { key: 'begun', title: words.begun, width: 120, text: ({ createdAt }) => time(createdAt) },
    { key: 'ended', title: words.ended, width: 120, text: ({ endedAt }) => time(endedAt) },
    { key: 'serial', title: words.serial, width: 300, className: 'num', text: ({ serial }) => serial },
  ]
  return (
    <section className="card">
      <h2>{words.steps}</h2>
      <ListTable<Step>
        name="invoice-steps"
        label={words.steps}
        rowKey="serial"
        rows={invoice.steps}
        columns={columns}
      />
    </section>
  )
}
