import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import { moment } from '../../format'
import { usePortalLoaded } from '../../parts/gate'
import { callHotline } from '../../parts/hotline'
import { usePullToReload } from '../../parts/paged'
import { here } from '../../platform/here'
import type { Here } from '../../platform/types'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Button, Card, Choices, Empty, Page, Row, Show, Toggle, usePress } from '../../ui'
import { words } from '../../words'
import { type Ranked, ranked, trueDegrees } from '../distance'
import { doorOf } from '../doors'
import { DoorLine } from '../parts'
import { sketch } from '../sketch'
import type { Outlet } from '../types'
import { said } from '../words'
import '../outlets.scss'
import { written } from '../../format-words'

const bones = [88, 260, 400] as const
const mapRatio = 0.6
/** More names would lie on one another. */
const mostSpots = 8

/** Where the companies receive people, the nearest first for who says where they are. `?[companyId]` */
export default function OutletsPage() {
  const portal = usePortalLoaded()
  const { params } = useRouter()
  const [companyId, setCompanyId] = useState(params['companyId'] ?? '')
  const { resource, reload, retry } = useResource('outlets', () => read('outlets.list', {}), {
    cache: 'outlets',
    keptWhenDown: true,
    onShow: true,
  })
  usePullToReload(reload)
  const companies = portal?.companies ?? []
  return (
    <Page title={said.list.title}>
      {companies.length > 1 ? (
        <Choices
          options={[
            { value: '', label: said.list.all },
            ...companies.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={companyId}
          onPick={setCompanyId}
        />
      ) : null}
      <Show resource={resource} bones={bones} onRetry={retry}>
        {({ outlets, asOf }) => (
          <Outlets
            outlets={outlets.filter((outlet) => companyId === '' || outlet.companyId === companyId)}
            asOf={asOf}
          />
        )}
      </Show>
    </Page>
  )
}

function Outlets({ outlets, asOf }: { outlets: readonly Outlet[]; asOf: number }) {
  const nowMs = useNow()
  // Only as long as this page is open, and never sent anywhere.
  const [place, setPlace] = useState<Here | null>(null)
  const [refused, setRefused] = useState(false)
  const [openOnly, setOpenOnly] = useState(false)
  const { busy, press } = usePress(async () => {
    const found = await here.now()
    setPlace(found)
    setRefused(found === null)
  })
  if (outlets.length === 0)
    return (
      <Empty icon="place" title={said.list.none} text={said.list.noneText}>
        <Button small onClick={callHotline}>
          {words.common.callHotline}
        </Button>
      </Empty>
    )
  const shown = ranked(outlets, place).filter(
    ({ outlet }) => !openOnly || doorOf(outlet.days, nowMs).state === 'open',
  )
  return (
    <>
      <Card list>
        <Row
          id="outlets-open-only"
          title={said.list.openOnly}
          on={openOnly}
          side={<Toggle on={openOnly} />}
          arrow={false}
          onClick={() => setOpenOnly(!openOnly)}
        />
      </Card>
      <View className="stack">
        <Button small kind="soft" id="outlets-near" busy={busy} onClick={press}>
          {place === null ? said.list.near : said.list.nearDone}
        </Button>
        <View className="t-3 center">{refused ? said.list.noPlace : said.list.nearText}</View>
      </View>
      {shown.length === 0 ? (
        <Empty icon="clock" title={said.list.nothingOpen} text={said.list.nothingOpenText} />
      ) : (
        <>
          <Sketch shown={shown.slice(0, mostSpots)} place={place} />
          <Card list>
            {shown.map((one) => (
              <OutletRow key={one.outlet.id} one={one} />
            ))}
          </Card>
        </>
      )}
      <View className="t-3 center">{said.asOf(moment(asOf, nowMs))}</View>
    </>
  )
}

const OutletRow = ({ one: { outlet, metres } }: { one: Ranked }) => (
  <Row
    id={`outlet-${outlet.id}`}
    title={outlet.name}
    note={
      <>
        <View>{outlet.address}</View>
        <DoorLine days={outlet.days} />
      </>
    }
    side={metres === null ? null : <View className="t-2 num">{said.metres(metres)}</View>}
    onClick={() => go('outlet', { id: outlet.id })}
  />
)

/** Which way and how far, without a map service that would learn who looks. The list below says the same in words. */
function Sketch({ shown, place }: { shown: readonly Ranked[]; place: Here | null }) {
  const me = place === null ? [] : [{ lat: place.latE6 / 1_000_000, lng: place.lngE6 / 1_000_000 }]
  const spots = sketch([...shown.map(({ outlet }) => trueDegrees(outlet)), ...me], mapRatio)
  return (
    <Card className="stack" id="outlets-map">
      <View className="between">
        <View className="t-title">{said.list.map}</View>
        <View className="t-3">{said.list.mapNote}</View>
      </View>
      <View
        className="outlet-map"
        role="img"
        ariaLabel={written.titled(said.list.map, written.listed(shown.map(({ outlet }) => outlet.name)))}
      >
        {spots.map(({ left, top }, index) => (
          <View
            key={shown[index]?.outlet.id ?? said.list.me}
            className="outlet-spot"
            style={{ left: `${left.toFixed(1)}%`, top: `${top.toFixed(1)}%` }}
          >
            <View className={index < shown.length ? 'outlet-dot' : 'outlet-dot me'} />
            <View className="outlet-name">{shown[index]?.outlet.name ?? said.list.me}</View>
          </View>
        ))}
      </View>
    </Card>
  )
}
