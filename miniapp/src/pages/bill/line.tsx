import { View } from '@tarojs/components'
import { useState } from 'react'
import type { BillDetail } from '../../api/types'
import { calendarDay, money } from '../../format'
import { useNow } from '../../state/now'
import { Icon } from '../../ui'
import { focusable } from '../../ui/focusable'
import { said } from './words'

/** One line of a bill. A tap unfolds how it comes about: the sum, the row of the price list, the decree. */
export function BillLine({ line, id }: { line: BillDetail['lines'][number]; id: string }) {
  const nowMs = useNow()
  const [open, setOpen] = useState(false)
  const { formula, rule, source, validFrom } = line.why
  const decree = [source, validFrom === null ? null : said.since(calendarDay(validFrom, nowMs))]
  return (
    <View>
      <View
        id={id}
        className="between bill-line bill-tap"
        role="button"
        aria-expanded={open ? 'true' : 'false'}
        hoverClass="row-pressed"
        {...focusable}
        onClick={() => setOpen(!open)}
      >
        <View className="grow">
          <View>{line.label}</View>
          {line.quantity && line.unitPrice ? (
            <View className="t-3">{said.each(line.quantity, line.unitPrice)}</View>
          ) : null}
        </View>
        <View className="num">{money(line.amountFen)}</View>
        <Icon name={open ? 'close' : 'down'} className="t-3" />
      </View>
      {open ? (
        <View className="bill-line-why t-2" id={`${id}-why`}>
          <View>{formula}</View>
          {rule === null ? null : <View>{said.rule(rule)}</View>}
          {source === null ? <View className="t-3">{said.askCompany}</View> : null}
          {source === null ? null : (
            <View className="t-3">{decree.filter((part) => part !== null).join(' · ')}</View>
          )}
        </View>
      ) : null}
    </View>
  )
}
