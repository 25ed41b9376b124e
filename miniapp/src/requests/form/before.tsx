import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../../api/client'
import type { Precheck } from '../../api/types'
import { requestState } from '../../by-code'
import { moment } from '../../format'
import { go, replace } from '../../routes'
import { askToSend } from '../../state/ask-to-send'
import { useKnownCredits } from '../../state/credits'
import { useNow } from '../../state/now'
import { Button, Card, Icon, succeed, usePress } from '../../ui'
import { said } from '../words'
import { type Outage, outageWhen } from './outage'

type Similar = Precheck['similar'][number]

interface BeforeProps {
  precheck: Precheck
  companyId: string
  householdId: string | null
  onOwn(): void
  /** It is reported, as part of the outage. */
  onJoin(outage: Outage): void
}

/** What we know already: an outage that covers this home, or a neighbour's request. Either may save a form. */
export function Before({ precheck, companyId, householdId, onOwn, onJoin }: BeforeProps) {
  useKnownCredits()
  if (precheck.outages.length > 0) {
    return (
      <>
        {precheck.outages.map((outage) => (
          <OutageCard
            key={outage.noticeId}
            outage={outage}
            companyId={companyId}
            householdId={householdId}
            onJoin={() => onJoin(outage)}
          />
        ))}
        <Button kind="plain" id="report-anyway" onClick={onOwn}>
          {said.before.different}
        </Button>
      </>
    )
  }
  const mine = precheck.similar.some(({ own }) => own)
  return (
    <>
      <View className="t-head">{mine ? said.before.mineTitle : said.before.similarTitle}</View>
      <View className="t-2">{mine ? said.before.mineLead : said.before.similarLead}</View>
      {precheck.similar.map((one) => (
        <SimilarCard key={one.requestId} similar={one} />
      ))}
      <Button kind="plain" id="report-own" onClick={onOwn}>
        {said.before.own}
      </Button>
    </>
  )
}

interface OutageCardProps {
  outage: Outage
  companyId: string
  householdId: string | null
  onJoin(): void
}

/** The outage that covers this home: be told of its end, or say that one has it too. */
function OutageCard({ outage, companyId, householdId, onJoin }: OutageCardProps) {
  const nowMs = useNow()
  const [subscribed, setSubscribed] = useState(outage.subscribed)
  const { busy, press } = usePress(async () => {
    // The wallet opens its question only in the tap itself.
    const asked = askToSend('subscribeNotices', companyId)
    await asked
    const { noticeId } = outage
    await write('notices.subscribe', { noticeId, ...(householdId === null ? {} : { householdId }) })
    setSubscribed(true)
    succeed(said.before.notified)
  })
  return (
    <Card className="stack" id="known-outage">
      <View className="between">
        <View className="t-title grow">{outage.title}</View>
        <Icon name="notice" />
      </View>
      <View>{outageWhen(outage, nowMs)}</View>
      <View className="t-2">{said.before.outageText}</View>
      {subscribed ? (
        <View className="t-accent" id="outage-followed">
          {said.before.notified}
        </View>
      ) : (
        <Button id="notify-outage" busy={busy} onClick={press}>
          {said.before.notify}
        </Button>
      )}
      <Button kind="soft" id="join-outage" onClick={onJoin}>
        {said.before.join}
      </Button>
      <Button kind="plain" id="look-outage" onClick={() => go('notice', { noticeId: outage.noticeId })}>
        {said.before.outageMore}
      </Button>
    </Card>
  )
}

function SimilarCard({ similar }: { similar: Similar }) {
  const nowMs = useNow()
  const { busy, press } = usePress(async () => {
    // The permission is asked in the tap itself; the follow does not depend on the answer.
    const asked = askToSend('subscribeRequests')
    await asked
    await write('requests.follow', { requestId: similar.requestId, follow: true })
    succeed(said.before.followed)
    await replace('request', { id: similar.requestId })
  })
  const told = [similar.where, moment(similar.createdAt, nowMs)].filter((part) => part !== '')
  const line = similar.own ? told : [...told, said.before.followers(similar.followers)]
  const look = usePress(async () => {
    await replace('request', { id: similar.requestId })
  })
  return (
    <Card className="stack">
      <View>
        <View className="t-title">{`${similar.typeName} · ${requestState(similar)}`}</View>
        <View className="t-3">{line.join(' · ')}</View>
      </View>
      {similar.own ? (
        <Button id={`own-${similar.requestId}`} busy={look.busy} onClick={look.press}>
          {said.before.look}
        </Button>
      ) : (
        <Button id={`follow-${similar.requestId}`} busy={busy} onClick={press}>
          {said.before.follow}
        </Button>
      )}
    </Card>
  )
}
