import { useWords } from '../../../words/language'
import { curveOf, type UsageRow } from './curve'
import { contextWords } from './words'

const width = 300
const height = 56

/** The last periods as a line; its figures stand beside it in words, for who cannot see it. */
export function UsageCurve({ rows }: { readonly rows: readonly UsageRow[] }) {
  const words = useWords(contextWords)
  const curve = curveOf(rows, width, height)
  const first = curve?.points[0]
  const last = curve?.points.at(-1)
  if (curve === null || first === undefined || last === undefined)
    return rows.length === 0 ? null : (
      <section>
        <h2>{words.usage}</h2>
        <p className="quiet">{words.usageNone}</p>
      </section>
    )
  const numbers = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 })
  return (
    <section>
      <h2>{curve.unit === null ? words.usageMoney : words.usageIn(curve.unit)}</h2>
      <svg
        className="curve"
        viewBox={`-4 -6 ${width + 8} ${height + 10}`}
        role="img"
        aria-label={`${words.usageMost(numbers(curve.most))}；${words.usageLast(last.period, numbers(last.value))}`}
      >
        <line className="curve-ground" x1={0} x2={width} y1={height} y2={height} />
        <polyline className="curve-line" points={curve.points.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {curve.points.map(({ period, value, x, y }) => (
          <circle key={period} className="curve-point" cx={x} cy={y} r={3}>
            <title>{words.usageLast(period, numbers(value))}</title>
          </circle>
        ))}
      </svg>
      <div className="pane-line quiet num">
        <span>{first.period}</span>
        <span>{words.usageMost(numbers(curve.most))}</span>
        <span>{words.usageLast(last.period, numbers(last.value))}</span>
      </div>
    </section>
  )
}
