import { View } from '@tarojs/components'
import { useState } from 'react'
import type { Notice } from '../../api/types'
import { moment } from '../../format'
import { AskChat } from '../../parts/ask-chat'
import { phaseOf } from '../../parts/notice-phase'
import { callHotline } from '../../parts/hotline'
import { useNow } from '../../state/now'
import { Button, Card, Fact } from '../../ui'
import { focusable } from '../../ui/focusable'
import { said } from '../words'
import { written } from '../../format-words'

const fewAreas = 6

/** When, why, where, and whom to ask. */
export function Facts({ notice, asOf }: { notice: Notice; asOf: number }) {
  const nowMs = useNow()
  const { span } = phaseOf(notice, nowMs)
  return (
    <Card>
      <View className="notice-words">{notice.words}</View>
      <View className="rule" />
      {span === null ? null : <Fact label={said.detail.when} value={span} />}
      {notice.reasonWords === '' ? null : <Fact label={said.detail.why} value={notice.reasonWords} />}
      <Areas notice={notice} />
      <Fact label={said.detail.number} value={notice.number} mono />
      <View className="rule" />
      <View className="between">
        <View className="grow">
          <View className="t-3">{said.detail.phone}</View>
          <View className="t-title num">{notice.phone}</View>
        </View>
        <Button small kind="soft" id="call-notice" onClick={() => callHotline(notice.phone)}>
          {said.detail.call}
        </Button>
      </View>
      <AskChat companyId={notice.company.id} about="notice" aboutId={notice.id} />
      <View className="t-3 notice-as-of">
        {[said.detail.updated(moment(notice.updatedAt, nowMs)), said.detail.asOf(moment(asOf, nowMs))].join(
          ' · ',
        )}
      </View>
    </Card>
  )
}

/** A district has hundreds of buildings: some of them, and the others that we were told on request. */
function Areas({ notice }: { notice: Notice }) {
  const [all, setAll] = useState(false)
  const count = notice.areas.length + notice.moreAreas
  const shown = all ? notice.areas : notice.areas.slice(0, fewAreas)
  if (count === 0) return null
  const names = written.listed(shown)
  return (
    <View className="notice-areas">
      <View className="fact-label">{said.detail.where}</View>
      <View>{shown.length < count ? said.detail.more(names, count) : names}</View>
      {shown.length < notice.areas.length ? (
        <View
          className="notice-more-areas"
          id="all-areas"
          role="button"
          {...focusable}
          onClick={() => setAll(true)}
        >
          {said.detail.showMore}
        </View>
      ) : null}
    </View>
  )
}
