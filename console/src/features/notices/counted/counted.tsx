import { Alert, Progress } from 'antd'
import type { NoticePreview } from '../../../api/types'
import { channelName } from '../../../kit/channels'
import { count } from '../../../kit/count'
import { clockOf, yuan } from '../../../kit/format'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { countedWords } from './words'

/** Whom a notice reaches, by which channel and at what cost, with twenty of them to look at. */
export function Counted({ preview }: { readonly preview: NoticePreview }) {
  const words = useWords(countedWords)
  const { households, residents, costFen, unknownCount, unknownAccounts, calls, countedAt } = preview
  return (
    <>
      <div className="big-numbers">
        <p>
          <b className="num">{count(households)}</b> {words.households}
        </p>
        <p>
          <b className="num">{count(residents)}</b> {words.residents}
        </p>
        <p>
          <b className="num">{yuan(costFen)}</b> {words.cost}
        </p>
      </div>
      {households > 0 && residents === 0 ? <Alert type="warning" showIcon title={words.notBound} /> : null}
      <Lead preview={preview} />
      {preview.needsApproval ? <Alert type="info" showIcon title={words.needsApproval} /> : null}
      {calls > 0 ? <p>{words.calls(count(calls))}</p> : null}
      {unknownCount > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={
            <>
              {words.unknown(count(unknownCount))}
              <div className="num quiet">
                {unknownAccounts.slice(0, 20).join('、')}
                {unknownCount > 20 ? ` ${words.unknownMore(count(unknownCount))}` : ''}
              </div>
            </>
          }
        />
      ) : null}
      <Channels preview={preview} />
      <Sample preview={preview} />
      {countedAt === null ? null : <p className="quiet num">{words.countedAt(clockOf(countedAt))}</p>}
    </>
  )
}

function Lead({ preview }: { readonly preview: NoticePreview }) {
  const words = useWords(countedWords)
  const { broken, rule, source } = preview.lead
  if (!broken)
    return rule === null ? null : (
      <p className="tone-ok" id="lead-standing">
        {words.leadFine}
      </p>
    )
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={
        <>
          {rule ?? words.lead}
          {source === null ? null : <div className="quiet">{words.leadSource(source)}</div>}
        </>
      }
    />
  )
}

function Channels({ preview }: { readonly preview: NoticePreview }) {
  const words = useWords(countedWords)
  const kit = useWords(kitWords)
  const { channels, residents } = preview
  if (channels.length === 0) return null
  return (
    <section>
      <h3>{words.perChannel}</h3>
      <ul className="channel-bars">
        {channels.map((one) => (
          <li key={one.channel}>
            <span>{channelName(one.channel, kit)}</span>
            <Progress
              aria-label={channelName(one.channel, kit)}
              percent={residents === 0 ? 0 : (one.residents / residents) * 100}
              showInfo={false}
              size="small"
            />
            <span className="num">{count(one.residents)}</span>
            <span className="num quiet">{one.costFen > 0 ? yuan(one.costFen) : '—'}</span>
          </li>
        ))}
      </ul>
      {channels.some(({ channel }) => channel === 'inbox') ? (
        <p className="quiet">{words.inboxNote}</p>
      ) : null}
    </section>
  )
}

function Sample({ preview }: { readonly preview: NoticePreview }) {
  const words = useWords(countedWords)
  if (preview.sample.length === 0) return null
  return (
    <details className="sample">
      <summary>{words.sample}</summary>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{words.sampleAccount}</th>
            <th scope="col">{words.sampleAddress}</th>
          </tr>
        </thead>
        <tbody>
          {preview.sample.map(({ accountNoMasked, address }) => (
            <tr key={`${accountNoMasked}-${address}`}>
              <td className="num">{accountNoMasked}</td>
              <td>{address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
