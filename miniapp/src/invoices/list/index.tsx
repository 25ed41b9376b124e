import { View } from '@tarojs/components'
import { read } from '../../api/client'
import type { Output } from '../../api/types'
import { invoiceState } from '../../by-code'
import { money, moment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { Paged, usePullToReload } from '../../parts/paged'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { usePagesOf } from '../../state/pages-of'
import { Button, Card, Empty, Foot, Icon, Page, Row, Tag } from '../../ui'
import { toneOf } from '../tones'
import type { InvoiceSummary } from '../types'
import { said } from '../words'
import '../invoices.scss'

const bones = [120, 160, 160] as const

/** My invoices, and where a new one and the kept titles are found. */
export default function InvoicesPage() {
  usePortalLoaded()
  return (
    <Page title={said.list.title}>
      <Gate bones={bones}>{() => <Invoices />}</Gate>
    </Page>
  )
}

function Invoices() {
  const pages = usePagesOf<Output<'invoices.list'>>(
    'invoices',
    (cursor) => read('invoices.list', cursor ? { cursor } : {}),
    { cache: 'invoices', onShow: true },
  )
  usePullToReload(pages.reload)
  return (
    <>
      <Card list>
        <Row
          id="to-titles"
          lead={<Icon name="bill" />}
          title={said.list.titles}
          note={said.list.titlesText}
          onClick={() => go('invoiceTitles')}
        />
      </Card>
      <Paged
        pages={pages}
        bones={bones}
        empty={<Empty icon="bill" title={said.list.empty} text={said.list.emptyText} />}
      >
        <Card list>
          <View className="t-2 invoice-caption">{said.list.mine}</View>
          {pages.items.map((one) => (
            <InvoiceRow key={one.id} one={one} />
          ))}
        </Card>
      </Paged>
      <Foot>
        <Button id="ask-invoice" onClick={() => go('invoiceRequest')}>
          {said.list.ask}
        </Button>
      </Foot>
    </>
  )
}

function InvoiceRow({ one }: { one: InvoiceSummary }) {
  const nowMs = useNow()
  return (
    <Row
      id={`invoice-${one.id}`}
      title={one.about}
      note={`${moment(one.issuedAt ?? one.createdAt, nowMs)} · ${said.kinds[one.buyerKind]}`}
      side={
        <View>
          <View className="num">{money(one.totalFen)}</View>
          <Tag text={invoiceState(one)} tone={toneOf(one.state)} />
        </View>
      }
      onClick={() => go('invoice', { id: one.id })}
    />
  )
}
