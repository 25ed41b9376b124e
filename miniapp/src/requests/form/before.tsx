import { View } from '@tarojs/components'
import { write } from '../../api/client'
import type { Precheck } from '../../api/types'
import { moment } from '../../format'
import { replace } from '../../routes'
import { askToSend } from '../../state/ask-to-send'
import { useNow } from '../../state/now'
import { Button, Card, goBack, Icon, succeed, usePress } from '../../ui'
import { said } from '../words'

type Outage = Precheck['outages'][number]
type Similar = Precheck['similar'][number]

/** What we know already: an outage that covers this home, or a neighbour's request. Either may save a form. */
export function Before({ precheck, onOwn }: { precheck: Precheck; onOwn(): void }) {
  if (precheck.outages.length > 0) {
    return (
      <>
        {precheck.outages.map((outage) => (
          <OutageCard key={outage.noticeId} outage={outage} />
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

function OutageCard({ outage }: { outage: Outage }) {
  const nowMs = useNow()
  const { busy, press } = usePress(async () => {
    await askToSend('subscribeRequests')
    succeed(said.before.notified)
    goBack()
  })
  return (
    <Card className="stack" id="known-outage">
      <View className="between">
        <View className="t-title grow">{outage.title}</View>
        <Icon name="bell" />
      </View>
      <View>
        {outage.until === null
          ? said.before.outageOpen
          : said.before.outageUntil(moment(outage.until, nowMs))}
      </View>
      <View className="t-2">{said.before.outageText}</View>
      {outage.subscribed ? (
        <View className="t-accent">{said.before.notified}</View>
      ) : (
        <Button id="notify-outage" busy={busy} onClick={press}>
          {said.before.notify}
        </Button>
      )}
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
        <View className="t-title">{`${similar.typeName} · ${similar.stateWords}`}</View>
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
