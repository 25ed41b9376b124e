import { View } from '@tarojs/components'
import { moment } from '../format'
import { useNow } from '../state/now'
import { Card, classes } from '../ui'
import { barPercent, degrees, metres } from './figures'
import type { HeatCase } from './types'
import { said } from './words'

/** What was measured, room by room, against the line from which on a home is warm enough. The words say what bars say. */
export function Measurements({ view }: { view: HeatCase }) {
  const nowMs = useNow()
  const { rounds, standardTenths } = view
  const none = rounds.every(({ visits }) => visits.length === 0)
  return (
    <Card className="stack" id="case-measured">
      <View className="between">
        <View className="t-title">{said.case.measured}</View>
        <View className="t-3">{said.case.standard(degrees(standardTenths))}</View>
      </View>
      {rounds.map(({ requestId, missedAt }) =>
        missedAt === null ? null : (
          <View key={requestId} className="heat-bad">
            {said.case.missed(moment(missedAt, nowMs))}
          </View>
        ),
      )}
      {rounds
        .flatMap(({ visits }) => visits)
        .map((visit) => (
          <View key={visit.at} className="stack">
            <View className="between t-2">
              <View>{moment(visit.at, nowMs)}</View>
              <View>{said.case[visit.resident]}</View>
            </View>
            {visit.readings.map((reading) => (
              <Room key={reading.room} reading={reading} standardTenths={standardTenths} />
            ))}
          </View>
        ))}
      {none ? (
        <>
          <View className="t-2">{said.case.notYet}</View>
          <View className="t-2">{said.case.how}</View>
          {view.rules.map((rule) => (
            <View key={rule} className="t-3">
              {rule}
            </View>
          ))}
        </>
      ) : null}
    </Card>
  )
}

type Reading = HeatCase['rounds'][number]['visits'][number]['readings'][number]

function Room({ reading, standardTenths }: { reading: Reading; standardTenths: number }) {
  const { room, tenths, heightCm, windowsClosedMinutes } = reading
  const cold = tenths < standardTenths
  const how = [
    ...(heightCm === null ? [] : [said.case.height(metres(heightCm))]),
    ...(windowsClosedMinutes === null ? [] : [said.case.closed(windowsClosedMinutes)]),
  ]
  return (
    <View>
      <View className="between">
        <View>{room}</View>
        <View className="num">{`${degrees(tenths)}℃ ${cold ? said.case.below : said.case.enough}`}</View>
      </View>
      <View className="heat-rail">
        <View className={classes('heat-fill', cold && 'cold')} style={{ width: `${barPercent(tenths)}%` }} />
        <View className="heat-line" style={{ left: `${barPercent(standardTenths)}%` }} />
      </View>
      {how.length > 0 ? <View className="t-3">{how.join(' · ')}</View> : null}
    </View>
  )
}
