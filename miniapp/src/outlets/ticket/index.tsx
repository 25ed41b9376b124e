import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { read, write } from '../../api/client'
import { clockOf, moment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { usePullToReload } from '../../parts/paged'
import { go } from '../../routes'
import { useFresh } from '../../state/fresh'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Button, Card, confirm, Page, Show, succeed, Tag, usePress } from '../../ui'
import type { Ticket } from '../types'
import { said } from '../words'
import '../outlets.scss'

const bones = [300, 200] as const
const freshMs = 10_000
const isLive = ({ state }: Ticket): boolean => state === 'waiting' || state === 'called'

/** My number: how many are before me, and where to go when it is called. `?id` */
export default function TicketPage() {
  usePortalLoaded()
  return (
    <Page title={said.ticket.title}>
      <Gate bones={bones}>{() => <Mine />}</Gate>
    </Page>
  )
}

function Mine() {
  const id = useRouter().params['id'] ?? ''
  const { resource, reload, retry } = useResource(id, () => read('outlets.getTicket', { ticketId: id }), {
    cache: `ticket.${id}`,
    onShow: true,
  })
  usePullToReload(reload)
  useFresh(reload, freshMs, resource.state !== 'ready' || isLive(resource.data.ticket))
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ ticket }) => <Number ticket={ticket} onChanged={() => void reload()} />}
    </Show>
  )
}

function Number({ ticket, onChanged }: { ticket: Ticket; onChanged(): void }) {
  const nowMs = useNow()
  const { state, number, outletName, outletId, address, takenAt, asOf } = ticket
  const cancel = usePress(async () => {
    if (!(await confirm(said.ticket.cancelTitle, said.ticket.cancelText, said.ticket.cancel))) return
    // Called meanwhile, it cannot be given back; the page says so anew.
    await write('outlets.cancelTicket', { ticketId: ticket.id }).finally(onChanged)
    succeed(said.ticket.cancelled)
  })
  return (
    <>
      <Card className="stack">
        <View className="between">
          <View className="t-title">{outletName}</View>
          <Tag text={said.ticket.states[state]} tone={state === 'called' ? 'warn' : 'plain'} />
        </View>
        <View className="outlet-number num" id="ticket-number">
          {said.ticket.number(number)}
        </View>
        <View className="center t-title" id="ticket-standing">
          {standing(ticket)}
        </View>
        {state === 'waiting' && ticket.minutes !== null ? (
          <View className="center t-2">{said.ticket.minutes(ticket.minutes)}</View>
        ) : null}
        {state === 'called' && ticket.calls > 1 ? (
          <View className="center t-2">{said.ticket.again(ticket.calls)}</View>
        ) : null}
        <View className="t-2">{address}</View>
        <View className="t-3">{said.ticket.taken(moment(takenAt, nowMs))}</View>
        {isLive(ticket) ? <View className="t-3">{said.ticket.asOf(clockOf(asOf, nowMs))}</View> : null}
      </Card>
      <Button kind="soft" onClick={() => go('outlet', { id: outletId })}>
        {said.ticket.outlet}
      </Button>
      {state === 'waiting' ? (
        <Button kind="plain" id="cancel-ticket" busy={cancel.busy} onClick={cancel.press}>
          {said.ticket.cancel}
        </Button>
      ) : null}
    </>
  )
}

function standing({ state, ahead, counter }: Ticket): string {
  if (state === 'waiting') return said.ticket.ahead(ahead ?? 0)
  if (state === 'called') return said.ticket.goTo(counter ?? '')
  if (state === 'missed') return said.ticket.missedText
  if (state === 'expired') return said.ticket.expiredText
  return state === 'served' ? said.ticket.servedText : said.ticket.cancelledText
}
