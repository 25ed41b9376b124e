import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import { readingState } from '../../by-code'
import { moment } from '../../format'
import { callHotline } from '../../parts/hotline'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { go } from '../../routes'
import { useNow, useTickAt } from '../../state/now'
import { useResource } from '../../state/resource'
import { isSignedIn, useSession } from '../../state/session'
import { Button, Card, Choices, Empty, KindBadge, Page, Row, Show } from '../../ui'
import { words } from '../../words'
import type { Meter } from '../figures'
import { MeterCard } from '../meter-card'
import { ReportForm } from '../report-form'
import { said } from '../words'
import '../meter.scss'

const bones = [300, 320, 260] as const

/** Reports what a meter shows: for a member of the household, or whoever visits it by its code. */
export default function MeterReportPage() {
  const { params } = useRouter()
  usePortalLoaded()
  const given = params['householdId'] ?? null
  const [picked, setPicked] = useState<string | null>(given)
  return (
    <Page title={said.plainTitle}>
      <Gate bones={bones} guests={given !== null}>
        {() => (picked === null ? <PickHome onPick={setPicked} /> : <OfHome householdId={picked} />)}
      </Gate>
    </Page>
  )
}

/** A reminder names no home; whoever has one goes straight on. */
function PickHome({ onPick }: { onPick(householdId: string): void }) {
  const { resource, retry } = useResource('readings.mine', () => read('readings.mine', {}), {
    cache: 'readings.mine',
  })
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ items }) => {
        const [only, ...others] = items
        if (only === undefined)
          return (
            <Empty title={said.noMeter} text={said.noMeterText}>
              <Button onClick={() => go('bind')}>{words.home.bindButton}</Button>
            </Empty>
          )
        if (others.length === 0) return <OfHome householdId={only.householdId} />
        return (
          <Card className="stack">
            <View className="t-title">{said.pickHome}</View>
            <Choices
              options={items.map(({ householdId, shortAddress, kind }) => ({
                value: householdId,
                label: shortAddress,
                lead: <KindBadge kind={kind} />,
              }))}
              value={null}
              onPick={onPick}
            />
          </Card>
        )
      }}
    </Show>
  )
}

function OfHome({ householdId }: { householdId: string }) {
  const { resource, retry } = useResource(
    householdId,
    () => read('readings.meter', { householdId }),
    // Cellars have no network: the form stands with what was known.
    { cache: `meter.${householdId}`, onShow: true },
  )
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ meter }) => <Body key={meter.householdId} meter={meter} />}
    </Show>
  )
}

function Body({ meter }: { meter: Meter }) {
  const nowMs = useNow()
  useTickAt([meter.window.opensAt, meter.window.closesAt])
  const isMember = useSession(isSignedIn) && meter.isMember
  const isOpen = nowMs >= meter.window.opensAt && nowMs < meter.window.closesAt
  return (
    <>
      <MeterCard meter={meter} />
      {meter.readsItself ? (
        <Empty icon="check" title={said.itself} text={said.itselfText} />
      ) : meter.isTaken ? (
        <Empty icon="check" title={said.taken} text={said.takenText}>
          <Button small kind="plain" onClick={() => callHotline(meter.hotline)}>
            {words.common.callHotline}
          </Button>
        </Empty>
      ) : isOpen ? (
        <>
          <Before meter={meter} />
          <ReportForm meter={meter} />
        </>
      ) : (
        <Closed meter={meter} nowMs={nowMs} />
      )}
      {isMember ? (
        <Card list>
          <Row
            id="meter-history"
            title={said.more}
            onClick={() => go('meterHistory', { householdId: meter.householdId })}
          />
        </Card>
      ) : null}
    </>
  )
}

/** What is there already: a reading that another one would replace, and a bill that a real one corrects. */
function Before({ meter }: { meter: Meter }) {
  const { reading, estimated } = meter
  return (
    <>
      {reading === null ? null : (
        <Card list>
          <Row
            id="reading-before"
            title={said.already(`${reading.correctedValue ?? reading.value} ${meter.unit}`)}
            note={readingState(reading)}
            onClick={() => go('meterResult', { readingId: reading.id })}
          />
        </Card>
      )}
      {estimated === null ? null : (
        <Card id="corrects-bill">
          <View className="t-title">{said.correct(estimated.title)}</View>
          <View className="t-2">{said.correctText}</View>
        </Card>
      )}
    </>
  )
}

function Closed({ meter, nowMs }: { meter: Meter; nowMs: number }) {
  const day = (at: number): string => moment(at, nowMs).replace(/ .*$/, '')
  const { opensAt, closesAt } = meter.window
  return (
    <Empty icon="clock" title={said.closed} text={said.closedText(day(opensAt), day(closesAt - 60_000))}>
      <View className="t-title" id="opens-on">
        {said.opens(day(opensAt))}
      </View>
    </Empty>
  )
}
