import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { Gate } from '../../parts/gate'
import { PromiseBox } from '../../parts/request-card'
import { ShownFiles } from '../../parts/shown-files'
import { useNow } from '../../state/now'
import { requestTone } from '../../status'
import { Bones, Card, Empty, Fact, Failed, Icon, Page, Tag } from '../../ui'
import { moment } from '../../format'
import { afterSteps, filesOfResidents, isOpen } from '../after-steps'
import { BannerLine } from '../banner-line'
import { Offer } from '../offer'
import { visitWords } from '../order-card'
import { refresh, useField, useToday } from '../store'
import type { FieldOrder } from '../types'
import { useDay, useSharing } from '../use-day'
import { said } from '../words'
import { MainActs } from './main-acts'
import { OtherActs } from './other-acts'
import { Records } from './records'
import { Reach } from './reach'
import '../field.scss'

const bones = [160, 220, 300] as const
/** Before the arrival there is nothing to record, and the way there is what matters. */
const atWork: readonly FieldOrder['state'][] = ['on-site', 'on-hold']

/** One order on site, `?id=<request>`. All of it works without a network. */
export default function OrderPage() {
  const { params } = useRouter()
  return (
    <Page title={said.order.title}>
      <Gate bones={bones}>{() => <Order requestId={params['id'] ?? ''} />}</Gate>
    </Page>
  )
}

function Order({ requestId }: { requestId: string }) {
  useDay()
  const today = useToday()
  const outbox = useField((state) => state.outbox)
  const problem = useField((state) => state.problem)
  const offline = useField((state) => state.offline)
  const sharing = useSharing()
  if (!today) {
    if (!problem) return <Bones heights={bones} />
    return <Failed message={problem.message} offline={offline} onRetry={() => void refresh()} />
  }
  const mine = today.orders.find((order) => order.requestId === requestId)
  const order = mine ?? today.pool.find((each) => each.requestId === requestId)
  const shown = order ? afterSteps(order, outbox) : null
  return (
    <>
      <BannerLine />
      {sharing ? (
        <View className="sharing" id="sharing">
          <Icon name="place" />
          {said.today.sending}
        </View>
      ) : null}
      {shown && isOpen(shown) ? (
        <>
          <Problem order={shown} />
          {mine ? (
            <>
              {atWork.includes(shown.state) ? <Records order={shown} /> : null}
              <OtherActs order={shown} />
              <MainActs order={shown} />
            </>
          ) : null}
        </>
      ) : (
        <Empty icon="check" title={said.order.gone} text={said.order.goneText} />
      )}
      <Offer />
    </>
  )
}

/** What is wrong, where, since when it was promised, and how to get there. */
function Problem({ order }: { order: FieldOrder }) {
  const nowMs = useNow()
  const files = filesOfResidents(order)
  const visit = visitWords(order, nowMs)
  return (
    <>
      <Card className="stack">
        <View className="between">
          <View className="t-head grow">{order.typeName}</View>
          <Tag text={said.order.states[order.state]} tone={requestTone(order.state)} />
        </View>
        <View className="t-3 num">{order.number}</View>
        {visit ? <View className="t-title t-accent">{visit}</View> : null}
        {order.clocks
          .filter(({ state }) => state === 'running' || state === 'paused')
          .map((clock) => (
            <PromiseBox key={clock.kind} clock={clock} />
          ))}
        <Reach order={order} />
      </Card>
      <Card className="stack">
        <View className="t-2">{said.order.problem}</View>
        <View>{order.words}</View>
        {order.answers.map(({ label, value }) => (
          <Fact key={label} label={label} value={value} />
        ))}
        {files.length > 0 ? <ShownFiles files={files} /> : null}
      </Card>
      {order.notes.length > 0 ? (
        <Card className="stack">
          <View className="t-2">{said.order.notes}</View>
          {order.notes.map((note) => (
            <View key={`${note.at}-${note.byName}`}>
              <View>{note.words}</View>
              <View className="t-3">{`${note.byName} ${moment(note.at, nowMs)}`}</View>
            </View>
          ))}
        </Card>
      ) : null}
    </>
  )
}
