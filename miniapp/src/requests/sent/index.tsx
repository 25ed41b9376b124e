import { Text, View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { read } from '../../api/client'
import type { RequestView } from '../../api/types'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { PromiseBox } from '../../parts/request-card'
import { go, replace } from '../../routes'
import { askToSend, wouldAsk } from '../../state/ask-to-send'
import { useKnownCredits } from '../../state/credits'
import { useResource } from '../../state/resource'
import { Button, Card, Foot, Icon, Page, Show, succeed, usePress } from '../../ui'
import { words } from '../../words'
import { keptRequest } from '../last'
import { said } from '../words'
import './index.scss'

/** Where a request ends up: its number and its promise. `?id` */
export default function SentPage() {
  const { params } = useRouter()
  usePortalLoaded()
  return (
    <Page title={said.sent.title}>
      <Gate guests bones={[420, 160]}>
        {() => <Sent id={params['id'] ?? ''} />}
      </Gate>
    </Page>
  )
}

function Sent({ id }: { id: string }) {
  const kept = keptRequest(id)
  const { resource, retry } = useResource(
    id,
    async () => kept ?? (await read('requests.get', { requestId: id })).request,
  )
  return (
    <Show resource={resource} bones={[420, 160]} onRetry={retry}>
      {(request) => <Number request={request} />}
    </Show>
  )
}

function Number({ request }: { request: RequestView }) {
  useKnownCredits()
  // The wallet opens its question only in a tap, so the way on is the tap that asks.
  const { busy, press } = usePress(async () => {
    await askToSend('subscribeRequests')
    await replace('request', { id: request.id })
  })
  const copy = () => {
    void Taro.setClipboardData({ data: request.number }).then(() => succeed(words.common.copied))
  }
  return (
    <>
      <Card className="sent">
        <View className="sent-mark">
          <Icon name="check" />
        </View>
        <View className="t-head" id="sent-title">
          {said.sent.lead}
        </View>
        <View className="t-2">{request.typeName}</View>
        <View className="t-3">{said.sent.number}</View>
        <Text className="sent-number num" id="sent-number" selectable userSelect>
          {request.number}
        </Text>
        <Button kind="soft" small id="copy-number" onClick={copy}>
          {said.sent.copy}
        </Button>
      </Card>
      {request.nextClock ? <PromiseBox clock={request.nextClock} title={said.form.promise} /> : null}
      <Card className="stack">
        <View className="t-title">{said.sent.next}</View>
        <View className="t-2">{said.sent.nextText}</View>
      </Card>
      <Foot>
        <Button kind="plain" id="sent-home" onClick={() => go('home')}>
          {said.sent.home}
        </Button>
        <Button id="sent-look" busy={busy} onClick={press}>
          {wouldAsk('subscribeRequests') ? said.sent.notify : said.sent.look}
        </Button>
      </Foot>
    </>
  )
}
