import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import { invoiceNext, invoiceState } from '../../by-code'
import { money, moment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { usePullToReload } from '../../parts/paged'
import { PaperButton } from '../../parts/paper-button'
import { go } from '../../routes'
import { useFresh } from '../../state/fresh'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Amount, Button, Card, Fact, Page, Row, Show, Tag } from '../../ui'
import { Mails } from '../mails'
import { toneOf } from '../tones'
import type { Invoice } from '../types'
import { said } from '../words'
import '../invoices.scss'
import { written } from '../../format-words'

const bones = [200, 300, 200] as const
const askEveryMs = 5_000

/** One invoice: where it stands, its PDF, its mails. `?id` */
export default function InvoicePage() {
  const { params } = useRouter()
  usePortalLoaded()
  return (
    <Page title={said.detail.title}>
      <Gate bones={bones}>{() => <Loaded key={params['id']} id={params['id'] ?? ''} />}</Gate>
    </Page>
  )
}

/** Something is still to happen by itself. */
const moves = ({ state, hasFile, mails }: Invoice): boolean =>
  state === 'issuing' ||
  state === 'cancelling' ||
  (state === 'issued' && !hasFile) ||
  mails.some((mail) => mail.state === 'waiting')

function Loaded({ id }: { id: string }) {
  const { resource, reload, retry } = useResource(id, () => read('invoices.get', { invoiceId: id }), {
    cache: `invoice.${id}`,
    onShow: true,
  })
  const [sent, setSent] = useState<Invoice | null>(null)
  usePullToReload(reload)
  const found = resource.state === 'ready' || resource.state === 'stale' ? resource.data.invoice : null
  useFresh(
    reload,
    askEveryMs,
    found !== null && moves(sent !== null && sent.asOf > found.asOf ? sent : found),
  )
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ invoice }) => {
        const shown = sent !== null && sent.asOf > invoice.asOf ? sent : invoice
        return (
          <>
            <Standing invoice={shown} />
            <Facts invoice={shown} />
            {shown.mayMail ? <Mails invoice={shown} onSent={setSent} /> : null}
          </>
        )
      }}
    </Show>
  )
}

function Standing({ invoice }: { invoice: Invoice }) {
  const nowMs = useNow()
  const { state } = invoice
  const next = invoiceNext(invoice)
  const mayAskAgain = state === 'failed' || state === 'cancelled'
  return (
    <Card className="stack">
      <View className="between">
        <Tag text={invoiceState(invoice)} tone={toneOf(state)} />
        <View className="t-3">{said.detail.asOf(moment(invoice.asOf, nowMs))}</View>
      </View>
      <View>{invoice.about}</View>
      <Amount fen={invoice.totalFen} />
      {next === null ? null : (
        <View id="invoice-next" className={state === 'failed' ? 'invoice-bad' : 't-2'}>
          {next}
        </View>
      )}
      {invoice.hasFile ? (
        <PaperButton
          id="open-invoice"
          kind="main"
          label={said.detail.open}
          format="pdf"
          ask={() => read('invoices.link', { invoiceId: invoice.id })}
        />
      ) : null}
      {mayAskAgain ? (
        <Button
          id="ask-again"
          kind="soft"
          onClick={() => go('invoiceRequest', { paymentId: invoice.items[0]?.paymentId ?? '' })}
        >
          {said.detail.again}
        </Button>
      ) : null}
    </Card>
  )
}

function Facts({ invoice }: { invoice: Invoice }) {
  const nowMs = useNow()
  const { buyer, invoiceNo, issuedAt, redNo, redAt } = invoice
  return (
    <>
      <Card className="stack">
        <Fact label={said.detail.buyer} value={buyer.name} />
        {buyer.taxNo === null ? null : <Fact label={said.detail.taxNo} value={buyer.taxNo} mono />}
        <Fact label={said.detail.seller} value={invoice.sellerName} />
        {invoice.lines.map((line) => (
          <Fact
            key={`${line.name}${line.rateWords}`}
            label={said.detail.line(line.name, line.rateWords)}
            value={written.clauses([
              `${said.detail.net} ${money(line.netFen)}`,
              `${said.detail.tax} ${money(line.taxFen)}`,
            ])}
          />
        ))}
        <Fact label={said.detail.total} value={money(invoice.totalFen)} />
        <Fact label={said.detail.askedAt} value={moment(invoice.createdAt, nowMs)} />
        {invoiceNo === null ? null : <Fact label={said.detail.no} value={invoiceNo} mono />}
        {issuedAt === null ? null : <Fact label={said.detail.issuedAt} value={moment(issuedAt, nowMs)} />}
        {redNo === null ? null : <Fact label={said.detail.redNo} value={redNo} mono />}
        {redAt === null ? null : <Fact label={said.detail.redAt} value={moment(redAt, nowMs)} />}
        {invoiceNo === null ? null : <View className="t-3">{said.detail.check}</View>}
      </Card>
      <Card list>
        <View className="t-2 invoice-caption">{said.detail.items}</View>
        {invoice.items.map((item) => (
          <Row
            key={`${item.paymentId}${item.billId}`}
            title={item.title}
            note={item.period}
            side={<View className="num">{money(item.amountFen)}</View>}
            onClick={() => go('result', { paymentId: item.paymentId, wallet: 'cancelled' })}
          />
        ))}
      </Card>
    </>
  )
}
