import { View } from '@tarojs/components'
import type { Notice } from '../api/types'
import { go } from '../routes'
import { useNow, useTickAt } from '../state/now'
import { Card, KindBadge, Tag } from '../ui'
import { words } from '../words'
import { NoticeBox } from './notice-box'
import { phaseOf } from './notice-phase'
import { written } from '../format-words'

/** Which of my homes it is about, or where it is. */
export function whereOf({ mine, areas, moreAreas }: Pick<Notice, 'mine' | 'areas' | 'moreAreas'>): string {
  const homes = [...new Set(mine.map(({ shortAddress }) => shortAddress))]
  if (homes.length > 0) return written.listed(homes)
  const [first = ''] = areas
  return words.notice.areas(first, areas.length + moreAreas)
}

/** One notice in a list. What concerns the reader's own home also ticks. */
export function NoticeCard({ notice }: { notice: Notice }) {
  useTickAt([notice.startsAt, notice.endsAt])
  const phase = phaseOf(notice, useNow())
  const mine = notice.mine.length > 0
  return (
    <Card id={`notice-${notice.id}`} className="stack" onClick={() => go('notice', { noticeId: notice.id })}>
      <View className="between">
        <KindBadge kind={notice.company.kind} />
        <View className="grow">
          <View className="t-3">{notice.company.name}</View>
          <View className="t-title">{notice.title}</View>
        </View>
        <Tag text={phase.text} tone={phase.tone} />
      </View>
      <View>
        {phase.span === null ? null : <View>{phase.span}</View>}
        <View className={mine ? 't-accent' : 't-2'}>
          {mine ? written.titled(words.notice.yours, whereOf(notice)) : whereOf(notice)}
        </View>
      </View>
      {mine ? <NoticeBox notice={notice} /> : null}
    </Card>
  )
}
