import { View } from '@tarojs/components'
import { read } from '../../api/client'
import type { Output, Payment } from '../../api/types'
import { money, moment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { restSentence, shownFen } from '../../parts/money-of'
import { Paged, usePullToReload } from '../../parts/paged'
import { RecordTable, useWide } from '../../platform/hall'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { usePagesOf } from '../../state/pages-of'
import { paymentStatus } from '../../status'
import { Card, Empty, Icon, Page, Row, Tag } from '../../ui'
import { words } from '../../words'

const bones = [160, 160, 160] as const

export default function RecordsPage() {
  usePortalLoaded()
  return (
    <Page title={words.records.title}>
      <Gate bones={bones}>{() => <Records />}</Gate>
    </Page>
  )
}

function Records() {
  const pages = usePagesOf<Output<'payments.list'>>(
    'records',
    (cursor) => read('payments.list', cursor ? { cursor } : {}),
    { cache: 'records', onShow: true },
  )
  usePullToReload(pages.reload)
  const wide = useWide()
  return (
    <Paged
      pages={pages}
      bones={bones}
      empty={<Empty icon="records" title={words.records.empty} text={words.records.emptyText} />}
    >
      <Card list>
        <Row
          id="records-invoice"
          lead={<Icon name="bill" />}
          title={words.receipt.invoice}
          onClick={() => go('invoiceRequest')}
        />
      </Card>
      <Card list className={wide ? 'hall-wide' : ''}>
        {wide ? (
          <RecordTable payments={pages.items} />
        ) : (
          pages.items.map((payment) => <RecordRow key={payment.id} payment={payment} />)
        )}
      </Card>
    </Paged>
  )
}

/** Every record leads to its result, which says what can be done and has the receipt when there is one. */
function RecordRow({ payment }: { payment: Payment }) {
  const nowMs = useNow()
  const title = words.records.bills(payment.bills[0]?.title ?? payment.payeeName, payment.bills.length)
  const when = `${moment(payment.paidAt ?? payment.createdAt, nowMs)} · ${words.channels[payment.channel]}`
  const rest = restSentence(payment)
  return (
    <Row
      title={title}
      note={rest === null ? when : `${when} · ${rest}`}
      side={
        <View>
          <View className="num">{money(shownFen(payment))}</View>
          <Tag {...paymentStatus(payment.state)} />
        </View>
      }
      arrow={false}
      onClick={() => go('result', { paymentId: payment.id, wallet: 'cancelled' })}
    />
  )
}
