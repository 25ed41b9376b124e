import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { read } from '../../api/client'
import type { Output } from '../../api/types'
import { readingState } from '../../by-code'
import { calendarDay, moment, period } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Card, Empty, Page, Row, Show, Tag } from '../../ui'
import { said } from '../words'
import '../meter.scss'

type History = Output<'readings.history'>
const bones = [420, 220] as const
const tones = { adopted: 'ok', doubtful: 'warn', rejected: 'bad', replaced: 'plain' } as const

/** Two years of a meter: what the bills say, and what the household reported. */
export default function MeterHistoryPage() {
  const { params } = useRouter()
  usePortalLoaded()
  return (
    <Page title={said.history}>
      <Gate bones={bones}>{() => <Content householdId={params['householdId'] ?? ''} />}</Gate>
    </Page>
  )
}

function Content({ householdId }: { householdId: string }) {
  const { resource, retry } = useResource(householdId, () => read('readings.history', { householdId }), {
    cache: `meter-history.${householdId}`,
  })
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(history) => (
        <>
          {history.reported.length > 0 ? <Reported history={history} /> : null}
          <Official history={history} />
        </>
      )}
    </Show>
  )
}

function Reported({ history }: { history: History }) {
  const nowMs = useNow()
  return (
    <>
      <View className="t-title part-title">{said.own}</View>
      <Card list>
        {history.reported.map((reading) => (
          <Row
            key={reading.id}
            title={`${reading.correctedValue ?? reading.value} ${history.unit}`}
            note={moment(reading.readAt, nowMs)}
            side={<Tag text={readingState(reading)} tone={tones[reading.state]} />}
            onClick={() => go('meterResult', { readingId: reading.id })}
          />
        ))}
      </Card>
    </>
  )
}

function Official({ history }: { history: History }) {
  const nowMs = useNow()
  if (history.official.length === 0) return <Empty title={said.none} text={said.noMeterText} />
  return (
    <>
      <View className="t-title part-title">{said.official}</View>
      <Card list>
        {history.official.map((row) => (
          <Row
            key={row.period}
            title={`${row.value} ${history.unit}`}
            note={`${period(row.period)}${row.on === null ? '' : ` · ${said.on(calendarDay(row.on, nowMs))}`}`}
            side={
              <View>
                <View className="num">{`+${row.used}`}</View>
                <Tag text={said.by[row.by]} tone={row.by === 'estimated' ? 'warn' : 'plain'} />
              </View>
            }
          />
        ))}
      </Card>
    </>
  )
}
