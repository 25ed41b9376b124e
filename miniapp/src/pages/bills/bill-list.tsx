import { View } from '@tarojs/components'
import { useEffect, useRef } from 'react'
import { read } from '../../api/client'
import type { Bill, Household, Output } from '../../api/types'
import { money, period } from '../../format'
import { Paged } from '../../parts/paged'
import { BillTable, useWide } from '../../platform/hall'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { usePagesOf } from '../../state/pages-of'
import { billStatus } from '../../status'
import { Card, Empty, KindBadge, Row, Tag } from '../../ui'
import { words } from '../../words'

/** One household's bills, newest first; state in colour and in words. */
export function BillList({ household, refreshed }: { household: Household; refreshed: number }) {
  const pages = usePagesOf<Output<'bills.list'>>(
    household.id,
    (cursor) => read('bills.list', { householdId: household.id, ...(cursor ? { cursor } : {}) }),
    { cache: `bills.${household.id}`, onShow: true },
  )
  const { reload } = pages
  const wide = useWide()
  const seen = useRef(refreshed)
  useEffect(() => {
    if (seen.current === refreshed) return
    seen.current = refreshed
    void reload()
  }, [refreshed, reload])
  return (
    <Paged
      pages={pages}
      bones={[160, 160, 160]}
      empty={<Empty icon="bill" title={words.bills.empty} text={words.bills.emptyText} />}
    >
      <Card list className={wide ? 'hall-wide' : ''}>
        {wide ? (
          <BillTable bills={pages.items} />
        ) : (
          pages.items.map((bill) => <BillRow key={bill.id} bill={bill} />)
        )}
      </Card>
    </Paged>
  )
}

function BillRow({ bill }: { bill: Bill }) {
  const status = billStatus(bill, useNow())
  const shownFen = bill.state === 'open' ? bill.owedFen : bill.amountFen
  return (
    <Row
      lead={<KindBadge kind={bill.kind} />}
      title={period(bill.period)}
      note={bill.state === 'open' && bill.paidFen > 0 ? words.bills.partly(money(bill.paidFen)) : bill.title}
      side={
        <View>
          <View className="num">{money(shownFen)}</View>
          <Tag {...status} />
          {bill.estimated ? <Tag text={words.bills.estimated} tone="warn" /> : null}
        </View>
      }
      arrow={false}
      onClick={() => go('bill', { billId: bill.id })}
    />
  )
}
