import { View } from '@tarojs/components'
import { Button } from '../ui'
import { words } from '../words'

/** The end of a list: more to fetch, or nothing more. Lists that fit on one screen need neither. */
export function More({
  hasMore,
  growing,
  count,
  onMore,
}: {
  hasMore: boolean
  growing: boolean
  count: number
  onMore(): void
}) {
  if (hasMore) {
    return (
      <Button kind="plain" busy={growing} onClick={onMore}>
        {words.common.more}
      </Button>
    )
  }
  return count > 6 ? <View className="t-3 center">{words.common.noMore}</View> : null
}
