import { Drawer } from 'antd'
import type { Output } from '../../api/types'
import { timeOf, yuan } from '../../kit/format'
import { Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { Residency } from '../../kit/residency/residency'
import { useCode } from './api'
import { codeWords } from './words'

type Details = Output<'codeDesk.get'>

/** One household: each of its codes, and how often they were scanned. */
export function CodeDrawer({
  householdId,
  onClose,
}: {
  readonly householdId: string
  readonly onClose: () => void
}) {
  const words = useWords(codeWords)
  const may = useMay()
  const query = useCode(householdId)
  const { household } = query.data ?? {}
  return (
    <Drawer open size={420} title={household?.addressMasked ?? words.details} onClose={onClose}>
      <Loaded query={query}>
        {({ household: { ownerNameMasked, accountNoMasked }, codes, days }) => (
          <>
            <p className="quiet">
              {ownerNameMasked} · <span className="num">{accountNoMasked}</span>
            </p>
            <h2 className="small">{words.history}</h2>
            {codes.length === 0 ? <p className="quiet">{words.noCode}</p> : null}
            {codes.map((code) => (
              <OneCode key={code.id} code={code} />
            ))}
            <h2 className="small">{words.scansByDay}</h2>
            {days.length === 0 ? <p className="quiet">{words.noScans}</p> : <Days days={days} />}
            {may('familyDesk.readHousehold') ? <Residency householdId={householdId} /> : null}
          </>
        )}
      </Loaded>
    </Drawer>
  )
}

function OneCode({ code }: { readonly code: Details['codes'][number] }) {
  const words = useWords(codeWords)
  return (
    <section className="card code-card" aria-label={code.number}>
      <b className="num">{code.number}</b>{' '}
      <span className={`chip chip-${code.state === 'active' ? 'ok' : 'bad'}`}>
        {words.stateOf[code.state]}
      </span>
      <div className="quiet small">{words.madeBy(code.createdBy, timeOf(code.createdAt))}</div>
      {code.revokedAt === null || code.why === null ? null : (
        <div className="tone-bad small">
          {words.revokedBy(code.revokedBy ?? '', timeOf(code.revokedAt), words.whyOf[code.why])}
        </div>
      )}
      <div className="num">
        {words.scans} {code.used.scans} · {words.payments}{' '}
        {words.paid(code.used.payments, yuan(code.used.paidFen))}
      </div>
    </section>
  )
}

function Days({ days }: { readonly days: Details['days'] }) {
  const words = useWords(codeWords)
  const most = Math.max(...days.map(({ scans }) => scans))
  return (
    <table className="scan-days" aria-label={words.scansByDay}>
      <tbody>
        {days.toReversed().map(({ day, scans }) => (
          <tr key={day}>
            <th scope="row" className="num">
              {day.slice(5)}
            </th>
            <td className="scan-bar">
              <span style={{ width: `${(scans / most) * 100}%` }} />
            </td>
            <td className="num">{words.times(scans)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
