import { View } from '@tarojs/components'
import { ahead, clockOf } from '../format'
import { useNow, useTickAt } from '../state/now'
import { Tag } from '../ui'
import { changesAt, doorOf } from './doors'
import type { Outlet } from './types'
import { said } from './words'

/** Open or not, until or from when, at this very moment. */
export function DoorLine({ days }: { days: Outlet['days'] }) {
  const nowMs = useNow()
  useTickAt([changesAt(days, nowMs)])
  const door = doorOf(days, nowMs)
  const words =
    door.state === 'open'
      ? said.until(clockOf(door.until, nowMs))
      : door.state === 'unknown'
        ? said.unknownText
        : door.opensAt === null
          ? said.noOpening
          : said.opensAt(ahead(door.opensAt, nowMs))
  const note = door.state === 'closed' && door.note !== null ? `${door.note} · ` : ''
  return (
    <View className="outlet-door">
      <Tag text={said[door.state]} tone={door.state === 'open' ? 'ok' : 'plain'} />
      <View className="t-2">{`${note}${words}`}</View>
    </View>
  )
}
