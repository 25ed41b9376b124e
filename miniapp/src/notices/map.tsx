import { View } from '@tarojs/components'
import { type CSSProperties, useMemo } from 'react'
import type { NoticePage } from '../api/types'
import { Card } from '../ui'
import { drawingOf } from './drawing'
import { said } from './words'
import { written } from '../format-words'

const variables = (named: Record<string, string>): CSSProperties => named as CSSProperties

/** Where it is, roughly, on the company's own base map: no map service, no picture to load. */
export function NoticeMap({ map }: { map: NoticePage['map'] }) {
  const drawing = useMemo(() => drawingOf(map), [map])
  if (drawing === null) return null
  return (
    <Card className="stack" id="notice-map">
      <View className="between">
        <View className="t-title">{said.detail.map}</View>
        <View className="t-3">{said.detail.mapNote}</View>
      </View>
      <View className="map" role="img" ariaLabel={written.listed(drawing.spots.map(({ name }) => name))}>
        <View className="map-layer map-water" style={variables({ '--drawing': drawing.water })} />
        <View className="map-layer map-lines" style={variables({ '--drawing': drawing.lines })} />
        {drawing.spots.map(({ name, leftPercent, topPercent, named }, index) => (
          <View
            key={`${name}-${index}`}
            className="map-spot"
            style={variables({ left: `${leftPercent.toFixed(1)}%`, top: `${topPercent.toFixed(1)}%` })}
          >
            <View className="map-dot" />
            {named ? <View className="map-name">{name}</View> : null}
          </View>
        ))}
      </View>
    </Card>
  )
}
