import { View } from '@tarojs/components'
import type { OwedGroup } from '../api/types'
import { money, period } from '../format'
import { go } from '../routes'
import { useNow } from '../state/now'
import { pickHousehold } from '../state/picked'
import { groupNote, lateFeeTag } from '../status'
import { Card, KindBadge, Row, Tag } from '../ui'
import { words } from '../words'

/** One bill leads to itself, several to their list. */
function openGroup(group: OwedGroup): void {
  const open = group.bills.filter((bill) => bill.owedFen > 0)
  const only = open.length === 1 ? open[0] : undefined
  if (only) return go('bill', { billId: only.id })
  pickHousehold(group.householdId)
  go('bills')
}

function OwedSide({ group }: { group: OwedGroup }) {
  const late = lateFeeTag(group)
  if (group.owedFen === null) return <View className="t-3">{words.home.later}</View>
  if (group.owedFen === 0) return <Tag text={words.home.paid} tone="ok" />
  return (
    <View>
      <View className="num">{money(group.owedFen)}</View>
      {late ? <Tag text={late} tone="warn" /> : null}
    </View>
  )
}

/** What each company asks for. A figure we do not have says so, with the reason, and is never a zero. */
export function OwedRows({ groups }: { groups: readonly OwedGroup[] }) {
  const nowMs = useNow()
  return (
    <Card list>
      {groups.map((group) => {
        const first = group.bills.find((bill) => bill.owedFen > 0)
        return (
          <Row
            key={group.householdId}
            lead={<KindBadge kind={group.kind} />}
            title={first ? `${words.kinds[group.kind]} ${period(first.period)}` : words.kinds[group.kind]}
            note={groupNote(group, nowMs)}
            side={<OwedSide group={group} />}
            arrow={false}
            onClick={() => openGroup(group)}
          />
        )
      })}
    </Card>
  )
}
