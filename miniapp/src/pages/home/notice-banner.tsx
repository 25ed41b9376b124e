import { View } from '@tarojs/components'
import { bannerOf, phaseOf } from '../../parts/notice-phase'
import { RestoredQuestion } from '../../parts/restored-question'
import { whereOf } from '../../parts/notice-card'
import type { Notice } from '../../api/types'
import { moment } from '../../format'
import { go } from '../../routes'
import { useMyNotices } from '../../state/my-notices'
import { useSecond } from '../../state/second'
import { Card, classes, Icon, Tag } from '../../ui'
import { focusable } from '../../ui/focusable'
import { words } from '../../words'

/**
 * What is announced for my homes, and the question whether it is over. It is a courtesy: where it cannot be had, the
 * page stands without it.
 */
export function NoticeNews() {
  const { resource, reload } = useMyNotices()
  if (resource.state !== 'ready' && resource.state !== 'stale') return null
  const { items, questions, stale, asOf } = resource.data
  const oldAsOf = resource.state === 'stale' ? resource.savedAt : stale ? asOf : null
  return (
    <>
      {questions.map((question) => (
        <RestoredQuestion
          key={`${question.noticeId}-${question.householdId}`}
          question={question}
          onAnswered={() => void reload()}
        />
      ))}
      <Banner items={items} oldAsOf={oldAsOf} />
    </>
  )
}

interface BannerProps {
  items: readonly Notice[]
  /** From when this is, where it is from earlier. */
  oldAsOf: number | null
}

function Banner({ items, oldAsOf }: BannerProps) {
  const nowMs = useSecond(items.some(({ shown }) => shown !== 'restored' && shown !== 'cancelled'))
  const [first, ...others] = bannerOf(items, nowMs)
  if (!first) return null
  const phase = phaseOf(first, nowMs)
  return (
    <View className="notice-banners">
      <Card
        id="notice-banner"
        className={classes('notice-banner', phase.tone)}
        onClick={() => go('notice', { noticeId: first.id })}
      >
        <View className="between">
          <View className="t-title grow">{first.title}</View>
          <Tag text={phase.text} tone={phase.tone} />
        </View>
        <View className="between">
          <View className="grow">
            {phase.line === null ? null : <View>{phase.line}</View>}
            <View className="t-3">{whereOf(first)}</View>
            {oldAsOf === null ? null : (
              <View className="t-3" id="banner-as-of">
                {words.notice.oldAsOf(moment(oldAsOf, nowMs))}
              </View>
            )}
          </View>
          {phase.left ? (
            <View className="notice-left">
              <View className="t-3">{phase.label}</View>
              <View className="promise-left num">{phase.left}</View>
            </View>
          ) : null}
        </View>
      </Card>
      {others.length > 0 ? (
        <View
          className="notice-more"
          id="more-notices"
          role="button"
          {...focusable}
          onClick={() => go('notices')}
        >
          {words.notice.also(others.length)}
          <Icon name="right" />
        </View>
      ) : null}
    </View>
  )
}
