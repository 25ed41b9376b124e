import { memo } from 'react'
import type { BaseShape } from '../../api/types'
import type { Point } from './plane'

interface BaseProps {
  readonly base: readonly BaseShape[]
  readonly project: (latE6: number, lngE6: number) => Point
  readonly unit: number
  /** Names of small places are written only when there is room. */
  readonly names: boolean
}

/** The company's own map data: land, water, roads, and names above them. Nothing comes from another host. */
export const Base = memo(function Base({ base, project, unit, names }: BaseProps) {
  const shapes = base.map(({ kind, name, points }, index) => ({
    kind,
    name,
    // The base has no ids of its own, and never changes its order.
    key: `${kind}-${index}`,
    points: points.map(([lat, lng]) => project(lat, lng)),
  }))
  return (
    <g aria-hidden>
      {shapes.map(({ key, kind, points }) => (
        <path
          key={key}
          className={`land land-${kind}`}
          d={pathOf(points, kind !== 'road')}
          strokeWidth={unit * (kind === 'road' ? 3 : 1)}
        />
      ))}
      {shapes
        .filter(({ kind }) => kind === 'district' || (names && kind === 'community'))
        .map(({ key, kind, name, points }) => (
          <Name key={key} name={name} points={points} unit={unit} kind={kind} />
        ))}
    </g>
  )
})

const pathOf = (points: readonly Point[], closed: boolean): string =>
  points.length === 0 ? '' : `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}${closed ? 'Z' : ''}`

interface NameProps {
  readonly name: string
  readonly points: readonly Point[]
  readonly unit: number
  readonly kind: string
}

function Name({ name, points, unit, kind }: NameProps) {
  if (points.length === 0) return null
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length
  return (
    <text
      className={`land-name name-${kind}`}
      x={x}
      y={y}
      fontSize={unit * (kind === 'district' ? 15 : 11)}
      textAnchor="middle"
    >
      {name}
    </text>
  )
}
