import type { DueTone, Point } from '../../kit/plane/plane'

interface MarkProps {
  readonly at: Point
  /** Units of the plane per pixel of the screen: marks keep their size while the map is zoomed. */
  readonly unit: number
}

/** Shape and colour say the same: circle in time, triangle soon, diamond overdue, ring without a limit. */
export function RequestShape({
  at,
  unit,
  tone,
  dashed,
}: MarkProps & { readonly tone: DueTone; readonly dashed: boolean }) {
  const r = unit * 8
  const stroke = { strokeWidth: unit * 2, ...(dashed && { strokeDasharray: `${unit * 3} ${unit * 2}` }) }
  const name = `mark mark-${tone}${dashed ? ' mark-area' : ''}`
  const { x, y } = at
  if (tone === 'warn')
    return (
      <path
        className={name}
        {...stroke}
        d={`M${x} ${y - r * 1.15}L${x + r * 1.1} ${y + r * 0.85}H${x - r * 1.1}Z`}
      />
    )
  if (tone === 'bad')
    return (
      <path
        className={name}
        {...stroke}
        d={`M${x} ${y - r * 1.3}L${x + r * 1.3} ${y}L${x} ${y + r * 1.3}L${x - r * 1.3} ${y}Z`}
      />
    )
  return <circle className={name} {...stroke} cx={x} cy={y} r={r} />
}

export function ClusterShape({
  at,
  unit,
  tone,
  count,
}: MarkProps & { readonly tone: DueTone; readonly count: number }) {
  const r = unit * (count > 99 ? 19 : count > 9 ? 16 : 13)
  return (
    <>
      <circle className={`cluster mark-${tone}`} strokeWidth={unit * 3} cx={at.x} cy={at.y} r={r} />
      <text
        className="mark-text"
        x={at.x}
        y={at.y}
        fontSize={unit * 12}
        textAnchor="middle"
        dominantBaseline="central"
      >
        {count}
      </text>
    </>
  )
}

interface WorkerShapeProps extends MarkProps {
  readonly presence: 'online' | 'away' | 'offline'
  readonly letter: string
}

/** Workers are squares with a letter, so that nobody takes them for a request. */
export function WorkerShape({ at, unit, presence, letter }: WorkerShapeProps) {
  const half = unit * 11
  return (
    <>
      <rect
        className={`worker worker-${presence}`}
        strokeWidth={unit * 2}
        x={at.x - half}
        y={at.y - half}
        width={half * 2}
        height={half * 2}
        rx={unit * 5}
      />
      <text
        className="mark-text"
        x={at.x}
        y={at.y}
        fontSize={unit * 12}
        textAnchor="middle"
        dominantBaseline="central"
      >
        {letter}
      </text>
    </>
  )
}
