import { View } from '@tarojs/components'
import type { BillDetail } from '../../api/types'
import { tierParts } from '../../status'
import { classes } from '../../ui'
import { words } from '../../words'

interface TierBarProps {
  tier: NonNullable<BillDetail['tier']>
}

/** How much of each price tier is used. The words below say the same without the picture. */
export function TierBar({ tier }: TierBarProps) {
  const parts = tierParts(tier.used, tier.bounds, tier.current)
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
        <View>{words.bill.tierNow(tier.current)}</View>
        {tier.words === null ? null : <View id="tier-left">{tier.words}</View>}
        {tier.counted === null ? null : <View>{tier.counted}</View>}
      </View>
    </View>
  )
}
