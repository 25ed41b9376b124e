import { timeOf } from '../../kit/format'
import { useWords } from '../../words/language'
import type { CaseDetail } from './api'
import { heatWords } from './words'

const degrees = (tenths: number): string => (tenths / 10).toFixed(1)
/** Homes lie between these; tenths of a degree Celsius. */
const [LOWEST, HIGHEST] = [80, 260]
const heightOf = (tenths: number): number =>
  Math.min(100, Math.max(2, ((tenths - LOWEST) * 100) / (HIGHEST - LOWEST)))

/** Every measurement as a bar against the line from which on a home is warm enough, and the same as a table. */
export function Measurements({ detail }: { readonly detail: CaseDetail }) {
  const words = useWords(heatWords)
  const visits = detail.rounds.flatMap((round) => round.visits)
  const bars = visits.flatMap(({ at, readings }) =>
    readings.map(({ room, tenths }) => ({ at, room, tenths })),
  )
  const { standardTenths } = detail
  return (
    <section className="card">
      <h2>{words.measured}</h2>
      <p className="quiet">{words.standard(degrees(standardTenths))}</p>
      {detail.rounds.map(({ requestId, missedAt }) =>
        missedAt === null ? null : (
          <p key={requestId} className="tone-bad">
            {words.missed(timeOf(missedAt))}
          </p>
        ),
      )}
      {bars.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <svg
          className="reading-chart"
          viewBox={`0 0 ${bars.length * 20} 100`}
          preserveAspectRatio="none"
          role="img"
          aria-label={words.chart}
        >
          {bars.map(({ at, room, tenths }, index) => (
            <rect
              key={`${at}-${room}`}
              className={tenths < standardTenths ? 'bar-now' : 'bar'}
              x={index * 20 + 4}
              width={12}
              y={100 - heightOf(tenths)}
              height={heightOf(tenths)}
            />
          ))}
          <line
            className="heat-standard"
            x1={0}
            x2={bars.length * 20}
            y1={100 - heightOf(standardTenths)}
            y2={100 - heightOf(standardTenths)}
          />
        </svg>
      )}
      {visits.length > 0 ? <Table visits={visits} standardTenths={standardTenths} /> : null}
      <h3>{words.rules}</h3>
      <ul className="quiet">
        {detail.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </section>
  )
}

type Visit = CaseDetail['rounds'][number]['visits'][number]

function Table({
  visits,
  standardTenths,
}: {
  readonly visits: readonly Visit[]
  readonly standardTenths: number
}) {
  const words = useWords(heatWords)
  const how = ({ heightCm, windowsClosedMinutes }: Visit['readings'][number]): string =>
    [
      heightCm === null ? '' : words.height(heightCm / 100),
      windowsClosedMinutes === null ? '' : words.closed(windowsClosedMinutes),
    ]
      .filter((part) => part !== '')
      .join(' · ')
  return (
    <table className="heat-table" aria-label={words.measured}>
      <thead>
        <tr>
          {[words.at, words.room, words.degrees, words.how, words.signed].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {visits.flatMap(({ at, resident, readings }) =>
          readings.map((reading) => (
            <tr key={`${at}-${reading.room}`}>
              <td className="num">{timeOf(at)}</td>
              <td>{reading.room}</td>
              <td className={reading.tenths < standardTenths ? 'num tone-bad' : 'num'}>
                {degrees(reading.tenths)}
              </td>
              <td>{how(reading)}</td>
              <td>{words.signOf[resident]}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  )
}
