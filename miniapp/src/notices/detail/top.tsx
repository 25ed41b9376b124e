import { View } from '@tarojs/components'
import type { Notice } from '../../api/types'
import { NoticeBox } from '../../parts/notice-box'
import { phaseOf } from '../../parts/notice-phase'
import { useNow, useTickAt } from '../../state/now'
import { Card, Icon, KindBadge, Tag } from '../../ui'
import { said } from '../words'

/** What it is and how it stands; then the question everybody has: is it my home? */
export function Top({ notice, signedIn }: { notice: Notice; signedIn: boolean }) {
  useTickAt([notice.startsAt, notice.endsAt])
  const phase = phaseOf(notice, useNow())
  return (
    <Card className="stack">
      <View className="between">
        <KindBadge kind={notice.company.kind} />
        <View className="grow t-2">{notice.company.name}</View>
        <Tag text={phase.text} tone={phase.tone} />
      </View>
      <View className="t-head" id="notice-title">
        {notice.title}
      </View>
      <NoticeBox notice={notice} />
      {notice.mine.length > 0 ? (
        <View className="notice-home" id="notice-mine">
          <Icon name="home" />
          <View className="grow">
            <View className="t-3">{said.detail.yours}</View>
            {notice.mine.map(({ householdId, shortAddress }) => (
              <View key={householdId}>{shortAddress}</View>
            ))}
          </View>
        </View>
      ) : signedIn ? (
        <View className="t-3">{said.detail.notYours}</View>
      ) : null}
    </Card>
  )
}
