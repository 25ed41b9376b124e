import { ArrowLeftOutlined } from '@ant-design/icons'
import { Alert } from 'antd'
import { Link, useParams } from 'react-router'
import { Countdown } from '../../kit/countdown-text'
import { Facts } from '../../kit/facts'
import { timeOf, yuan } from '../../kit/format'
import { Loaded } from '../../kit/loaded'
import { useTitle } from '../../kit/page'
import { useWords } from '../../words/language'
import { type CaseDetail, useCase } from './api'
import { CaseTag } from './case-list'
import { DecideCase } from './decide-case'
import { Measurements } from './measurements'
import { heatWords } from './words'

/** One case: what was measured on one side, the calculation on the other, and what may be done about it. */
export function HeatCasePage() {
  const { caseId = '' } = useParams()
  const words = useWords(heatWords)
  const query = useCase(caseId)
  useTitle(words.one(query.data?.number ?? ''))
  return (
    <Loaded query={query} rows={12}>
      {(detail) => (
        <div className="page">
          <Head detail={detail} />
          <DecideCase detail={detail} />
          <div className="two-columns">
            {detail.kind === 'stop' ? <Outages detail={detail} /> : <Measurements detail={detail} />}
            <Calculation detail={detail} />
          </div>
        </div>
      )}
    </Loaded>
  )
}

function Head({ detail }: { readonly detail: CaseDetail }) {
  const words = useWords(heatWords)
  return (
    <div className="request-head">
      <Link to="/heating" className="back" aria-label={words.back} title={words.back}>
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <div className="request-title">
        <h1>
          <span className="num">{detail.number}</span>
        </h1>
        <div className="quiet ellipsis">
          {words.kindOfCase[detail.kind]} <CaseTag of={detail} /> {detail.addressMasked} · {detail.season}
        </div>
      </div>
      {detail.dueAt === null ? null : (
        <Countdown clock={{ state: 'running', dueAt: detail.dueAt, warnAt: null }} />
      )}
    </div>
  )
}

/** When there was no heat, as the notices keep it. */
function Outages({ detail }: { readonly detail: CaseDetail }) {
  const words = useWords(heatWords)
  return (
    <section className="card">
      <h2>{words.outages}</h2>
      <ul>
        {detail.calculation.stops.map(({ fromAt, untilAt }) => (
          <li key={fromAt}>
            <span className="num">{`${timeOf(fromAt)} – ${timeOf(untilAt)}`}</span>{' '}
            {words.minutes(Math.round((untilAt - fromAt) / 60_000))}
          </li>
        ))}
      </ul>
      <h3>{words.stopRules}</h3>
      <ul className="quiet">
        {detail.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </section>
  )
}

function Calculation({ detail }: { readonly detail: CaseDetail }) {
  const words = useWords(heatWords)
  const { calculation: sum, payback } = detail
  return (
    <section className="card">
      <h2>
        {words.calculation}{' '}
        {sum.amountFen === null ? null : <span className="num">¥{yuan(sum.amountFen)}</span>}
      </h2>
      <p className="quiet">
        {words.asOf(timeOf(sum.asOf))} · {sum.isOver ? words.standing : words.running}
      </p>
      <ol>
        {sum.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {sum.missing.length > 0 ? (
        <Alert type="warning" title={words.missing} description={sum.missing.join('；')} />
      ) : null}
      {sum.doubts.length > 0 ? (
        <Alert type="warning" title={words.doubts} description={sum.doubts.join('；')} />
      ) : null}
      <Facts
        rows={[
          [words.source, `${sum.source.city} · ${sum.source.words} · ${sum.source.checkedAt}`],
          [words.payBy, sum.payBy],
          [words.objection, detail.objection],
          [words.answer, detail.answer],
          [words.approvers, detail.approvers.map(({ name, at }) => `${name} ${timeOf(at)}`).join('，')],
          [words.payback, payback === null ? null : paybackText(payback, words)],
          [
            words.requests,
            <>
              {detail.rounds.map(({ requestId, requestNumber }) => (
                <div key={requestId}>
                  <Link to={`/requests/${requestId}`}>{requestNumber}</Link>
                </div>
              ))}
            </>,
          ],
        ]}
      />
    </section>
  )
}

function paybackText(
  { refundedFen, creditedFen, state }: NonNullable<CaseDetail['payback']>,
  words: (typeof heatWords)['en'],
): string {
  const parts = [
    ...(refundedFen > 0 ? [words.refunded(yuan(refundedFen))] : []),
    ...(creditedFen > 0 ? [words.credited(yuan(creditedFen))] : []),
  ]
  return `${parts.join('，')} · ${words.backOf[state]}`
}
