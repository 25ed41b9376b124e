import { View } from '@tarojs/components'
import { read } from '../../api/client'
import type { Output } from '../../api/types'
import { leftWords } from '../../parts/promise'
import { go } from '../../routes'
import { useSecond } from '../../state/second'
import { useResource } from '../../state/resource'
import { Card, KindBadge } from '../../ui'
import { words } from '../../words'

type Mine = Output<'readings.mine'>['items'][number]

/** What this month still wants of my meters. A courtesy: where it cannot be had, the page stands without it. */
export function ReadingNews() {
  const { resource } = useResource('readings.mine', () => read('readings.mine', {}), {
    cache: 'readings.mine',
    onShow: true,
  })
  if (resource.state !== 'ready' && resource.state !== 'stale') return null
  const wanted = resource.data.items.filter(
    ({ window, state }) => window.isOpen && (state === 'missing' || state === 'rejected'),
  )
  return (
    <>
      {wanted.map((mine) => (
        <ReadingBanner key={mine.householdId} mine={mine} />
      ))}
    </>
  )
}

function ReadingBanner({ mine }: { mine: Mine }) {
  const nowMs = useSecond(true)
  const left = mine.window.closesAt - nowMs
  if (left <= 0) return null
  const note =
    mine.state === 'rejected'
      ? words.home.readingRejected
      : mine.estimatedBillId === null
        ? mine.shortAddress
        : words.home.readingEstimated
  return (
    <Card
      id={`reading-${mine.householdId}`}
      className="between"
      onClick={() => go('meterReport', { householdId: mine.householdId })}
    >
      <KindBadge kind={mine.kind} />
      <View className="grow">
        <View className="t-title">{words.home.readingTitle(words.home.readingKinds[mine.kind])}</View>
        <View className="t-3">{note}</View>
      </View>
      <View>
        <View className="t-3">{words.home.readingLeft}</View>
        <View className="num">{leftWords(left)}</View>
      </View>
    </Card>
  )
}
