import { View } from '@tarojs/components'
import type { BillDetail } from '../../api/types'
import { tierParts } from '../../status'
import { classes } from '../../ui'
import { words } from '../../words'

interface TierBarProps {
  tier: NonNullable<BillDetail['tier']>
  unit: string
}

/** How much of each price tier is used. The words below say the same without the picture. */
export function TierBar({ tier, unit }: TierBarProps) {
  const parts = tierParts(tier.used, tier.bounds, tier.current)
  const left = tier.untilNext === null ? '' : words.bill.tierLeft(`${tier.untilNext} ${unit}`.trim())
  return (
    <View className="tier">
      {parts.length > 0 ? (
        <View className="tier-bar">
          {parts.map((part, index) => (
            <View key={`tier-${index + 1}`} className="tier-part" style={{ width: `${part.widthPercent}%` }}>
              <View
                className={classes('tier-fill', part.current && 'now')}
                style={{ width: `${part.filledPercent}%` }}
              />
            </View>
          ))}
        </View>
      ) : null}
      <View className="tier-words t-3">
        <View>{`${words.bill.tierNow(tier.current)}${left}`}</View>
        <View>{tier.nextPrice === null ? '' : words.bill.nextPrice(tier.nextPrice)}</View>
      </View>
    </View>
  )
}
