import { View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { read, write } from '../../api/client'
import { calendarDay, clockOf, moment } from '../../format'
import { callHotline } from '../../parts/hotline'
import { usePullToReload } from '../../parts/paged'
import { here } from '../../platform/here'
import { e6 } from '../../platform/wgs84'
import { go } from '../../routes'
import { nextToSignIn, useVisitor } from '../../state/enter-quietly'
import { useFresh } from '../../state/fresh'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Button, Card, Fact, Page, Row, Show, usePress } from '../../ui'
import { trueDegrees } from '../distance'
import { dayOf, daysFrom, doorOf } from '../doors'
import { DoorLine } from '../parts'
import type { AccessFact, Outlet, OutletPage } from '../types'
import { said } from '../words'
import '../outlets.scss'
import { written } from '../../format-words'

const bones = [200, 160, 300] as const
const freshMs = 20_000
const accessFacts = (): AccessFact[] => Object.keys(said.access) as AccessFact[]

/** One outlet: when, where, what, and its queue. `?id` */
export default function OutletDetailPage() {
  const id = useRouter().params['id'] ?? ''
  const { resource, reload, retry } = useResource(id, () => read('outlets.get', { outletId: id }), {
    cache: `outlet.${id}`,
    keptWhenDown: true,
    onShow: true,
  })
  usePullToReload(reload)
  useFresh(reload, freshMs, resource.state === 'ready' && resource.data.queue !== null)
  const brand =
    resource.state === 'ready' || resource.state === 'stale' ? resource.data.outlet.brandColour : undefined
  return (
    <Page title={said.detail.title} brand={brand}>
      <Show resource={resource} bones={bones} onRetry={retry}>
        {(page) => (
          <>
            <Top outlet={page.outlet} />
            {page.outlet.hasTickets ? <Queue page={page} /> : null}
            <Hours days={page.outlet.days} />
            <Services outlet={page.outlet} hasQueue={page.outlet.hasTickets} />
          </>
        )}
      </Show>
    </Page>
  )
}

function Top({ outlet }: { outlet: Outlet }) {
  const { name, address, phone, companyName, days } = outlet
  const navigate = usePress(async () => {
    const { lat, lng } = trueDegrees(outlet)
    const how = await here.navigate({ latE6: e6(lat), lngE6: e6(lng) }, `${name} ${address}`)
    if (how === 'copied') void Taro.showToast({ title: said.detail.copied, icon: 'none' })
  })
  return (
    <Card className="stack">
      <View className="t-3">{companyName}</View>
      <View className="t-head">{name}</View>
      <DoorLine days={days} />
      <Fact label={said.detail.address} value={address} mono />
      <Button kind="soft" id="outlet-navigate" busy={navigate.busy} onClick={navigate.press}>
        {said.detail.navigate}
      </Button>
      <Button kind="plain" id="outlet-call" onClick={() => callHotline(phone)}>
        {said.detail.call(phone)}
      </Button>
    </Card>
  )
}

function Queue({ page: { outlet, queue } }: { page: OutletPage }) {
  const nowMs = useNow()
  const { signedIn } = useVisitor()
  const isOpen = doorOf(outlet.days, nowMs).state === 'open'
  const take = usePress(async () => {
    if (!(await nextToSignIn())) return
    const { ticket } = await write('outlets.takeTicket', { outletId: outlet.id })
    go('ticket', { id: ticket.id })
  })
  return (
    <Card className="stack" id="outlet-queue">
      <View className="t-title">{said.detail.queue}</View>
      {queue === null ? null : (
        <>
          <View>{said.detail.waiting(queue.waiting)}</View>
          <View className="t-2">{said.detail.minutes(queue.minutes)}</View>
          {queue.called.slice(0, 3).map(({ number, counter }) => (
            <View key={number} className="t-2">
              {said.detail.called(number, counter)}
            </View>
          ))}
          <View className="t-3">{said.detail.asOf(moment(queue.asOf, nowMs))}</View>
        </>
      )}
      {signedIn ? <MyNumber outletId={outlet.id} /> : null}
      <Button id="take-ticket" busy={take.busy} disabled={!isOpen} onClick={take.press}>
        {isOpen ? said.detail.take : said.detail.shut}
      </Button>
      <View className="t-3">{said.detail.takeText}</View>
    </Card>
  )
}

/** Whoever has a number here goes to it instead of taking another. */
function MyNumber({ outletId }: { outletId: string }) {
  const { resource } = useResource('tickets', () => read('outlets.listTickets', {}), { onShow: true })
  if (resource.state !== 'ready') return null
  const mine = resource.data.tickets.find(
    (ticket) => ticket.outletId === outletId && ['waiting', 'called'].includes(ticket.state),
  )
  return mine ? (
    <Button kind="soft" id="my-ticket" onClick={() => go('ticket', { id: mine.id })}>
      {said.detail.mine(mine.number)}
    </Button>
  ) : null
}

function Hours({ days }: { days: Outlet['days'] }) {
  const nowMs = useNow()
  return (
    <Card id="outlet-hours">
      <View className="t-title">{said.detail.hours}</View>
      {daysFrom(days, nowMs).map(({ day, spans, note }) => (
        <View key={day} className="outlet-day">
          <View className={day === dayOf(nowMs) ? 't-title' : ''}>
            {`${said.weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''} ${calendarDay(day, nowMs)}`}
          </View>
          <View className="num">
            {spans.length === 0
              ? said.detail.rest
              : written.listed(spans.map(({ from, to }) => `${clockOf(from, from)}–${endOf(to)}`))}
            {note === null ? '' : written.aside(note)}
          </View>
        </View>
      ))}
    </Card>
  )
}

/** A door that closes at midnight closes at 24:00 of that day, not at 0:00. */
const endOf = (to: number): string => (clockOf(to, to) === '00:00' ? '24:00' : clockOf(to, to))

function Services({ outlet, hasQueue }: { outlet: Outlet; hasQueue: boolean }) {
  const { services, access, note } = outlet
  const known = accessFacts().filter((fact) => access[fact] !== undefined)
  return (
    <>
      <Card className="stack" id="outlet-services">
        <View className="t-title">{said.detail.services}</View>
        <View>{written.listed(services)}</View>
        {hasQueue ? null : <View className="t-2">{said.detail.noQueue}</View>}
        {note === '' ? null : <View className="t-2">{written.titled(said.detail.note, note)}</View>}
      </Card>
      <Card list id="outlet-access">
        <View className="t-title">{said.detail.access}</View>
        {known.map((fact) => (
          <Row
            key={fact}
            title={access[fact] === 'yes' ? said.has(said.access[fact]) : said.hasNot(said.access[fact])}
          />
        ))}
        <View className="t-3">{said.detail.accessUnknown}</View>
      </Card>
    </>
  )
}
