import { View } from '@tarojs/components'
import type { NoticePage } from '../api/types'
import { moment } from '../format'
import { useNow } from '../state/now'
import { Card, classes } from '../ui'
import { said } from './words'

/** What was said before, newest first, each with what changed. One word needs no history. */
export function History({ history }: { history: NoticePage['history'] }) {
  const nowMs = useNow()
  if (history.length < 2) return null
  const newestFirst = [...history].sort((a, b) => b.version - a.version)
  return (
    <Card className="stack" id="notice-history">
      <View className="t-title">{said.detail.history}</View>
      <View className="steps">
        {newestFirst.map((version, index) => (
          <View key={version.version} className="step">
            <View className={classes('step-dot', index === 0 && 'on')} />
            <View className="grow">
              <View className="t-title">{version.changeWords}</View>
              <View className="t-3">{moment(version.publishedAt, nowMs)}</View>
              <View className="t-2">{version.changed === '' ? version.title : version.changed}</View>
            </View>
          </View>
        ))}
      </View>
    </Card>
  )
}
