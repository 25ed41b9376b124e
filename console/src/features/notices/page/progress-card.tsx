import type { NoticeProgress, Output } from '../../../api/types'
import { channelName } from '../../../kit/channels'
import { count } from '../../../kit/count'
import { exactOf, timeOf, yuan } from '../../../kit/format'
import { Loaded } from '../../../kit/loaded'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import type { useProgress } from '../api/read-progress'
import { endedFor, isRunning, partsOf, percentOf, wholeOf } from './progress'
import { noticePageWords } from './words'

const tones = { spreading: 'go', sending: 'go', done: 'ok', stopped: 'bad' } as const

/** How far the newest version has come, looked at again and again while it runs. */
export function ProgressCard({ query }: { readonly query: ReturnType<typeof useProgress> }) {
  const words = useWords(noticePageWords)
  const progress = query.data?.progress ?? null
  return (
    <section className="card" aria-labelledby="notice-progress">
      <h2 id="notice-progress">
        {progress === null ? words.progress : words.progressOf(progress.version)}{' '}
        {progress === null ? null : (
          <span className={`chip chip-${tones[progress.state]}`}>
            {words.progressStateOf[progress.state]}
          </span>
        )}
      </h2>
      <Loaded<Output<'notices.progress'>>
        query={query}
        rows={3}
        empty={{ when: (data) => data.progress === null, words: words.noProgress }}
      >
        {(data) => (data.progress === null ? null : <Running progress={data.progress} />)}
      </Loaded>
    </section>
  )
}

function Running({ progress }: { readonly progress: NoticeProgress }) {
  const words = useWords(noticePageWords)
  const whole = wholeOf(progress)
  const percent = percentOf(progress)
  const parts = partsOf(progress)
  if (whole === 0 && !isRunning(progress)) return <p className="quiet">{words.nobody}</p>
  return (
    <>
      <p className="progress-line">
        <b className="big num">{words.percent(percent)}</b>
        <span className="num">{words.ofAll(count(endedFor(progress)), count(whole))}</span>
        {isRunning(progress) ? <Speed progress={progress} /> : null}
        <span className="quiet num">{words.asOf(exactOf(progress.asOf).slice(11))}</span>
      </p>
      <div
        className="stack"
        role="progressbar"
        aria-label={words.progress}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        {parts.map(({ ending, share }) => (
          <span key={ending} className={`stack-${ending}`} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      <ul className="stack-legend">
        {parts.map(({ ending, count: many }) => (
          <li key={ending}>
            <span className={`swatch stack-${ending}`} aria-hidden /> {words.endingOf[ending]}{' '}
            <b className="num">{count(many)}</b>
          </li>
        ))}
      </ul>
      <Channels progress={progress} />
    </>
  )
}

function Speed({ progress }: { readonly progress: NoticeProgress }) {
  const words = useWords(noticePageWords)
  const { perSecond, etaAt } = progress
  return (
    <>
      {perSecond === null ? null : (
        <span className="num">{words.perSecond(count(Math.round(perSecond * 10) / 10))}</span>
      )}
      <span className="num">{etaAt === null ? words.noEta : words.eta(timeOf(etaAt))}</span>
    </>
  )
}

function Channels({ progress }: { readonly progress: NoticeProgress }) {
  const words = useWords(noticePageWords)
  const kit = useWords(kitWords)
  if (progress.channels.length === 0) return null
  return (
    <table className="plain-table" aria-label={words.channels}>
      <thead>
        <tr>
          <th scope="col">{words.channel}</th>
          <th scope="col">{words.sent}</th>
          <th scope="col">{words.refusedCount}</th>
          <th scope="col">{words.failedCount}</th>
          <th scope="col">{words.unknownCount}</th>
          <th scope="col">{words.cost}</th>
          <th scope="col">{words.channelState}</th>
        </tr>
      </thead>
      <tbody>
        {progress.channels.map((one) => (
          <tr key={one.channel}>
            <th scope="row">{channelName(one.channel, kit)}</th>
            <td className="num">{count(one.sent)}</td>
            <td className="num">{count(one.refused)}</td>
            <td className="num">{count(one.failed)}</td>
            <td className="num">{count(one.unknown)}</td>
            <td className="num">{yuan(one.costFen)}</td>
            <td className={one.paused === null ? '' : 'tone-warn'}>{one.paused ?? words.working}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
