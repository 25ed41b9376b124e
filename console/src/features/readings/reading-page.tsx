import { ArrowLeftOutlined } from '@ant-design/icons'
import { Image } from 'antd'
import { Link, useParams } from 'react-router'
import { Countdown } from '../../kit/countdown-text'
import { Facts } from '../../kit/facts'
import { timeOf } from '../../kit/format'
import { Loaded } from '../../kit/loaded'
import { useTitle } from '../../kit/page'
import { useWords } from '../../words/language'
import { type DeskReading, type ReadingDetail, useReading } from './api'
import { DecideBar } from './decide-bar'
import { Findings } from './findings'
import { History } from './history'
import { readingWords } from './words'

/** One reading: the photo on one side, two years of history on the other, and what may be done about it. */
export function ReadingPage() {
  const { readingId = '' } = useParams()
  const words = useWords(readingWords)
  const query = useReading(readingId)
  useTitle(words.one(query.data?.reading.value ?? ''))
  return (
    <Loaded query={query} rows={12}>
      {(detail) => (
        <div className="page">
          <Head reading={detail.reading} />
          {detail.reading.state === 'doubtful' ? <DecideBar detail={detail} /> : null}
          <div className="two-columns">
            <Shown detail={detail} />
            <History detail={detail} />
          </div>
        </div>
      )}
    </Loaded>
  )
}

function Head({ reading }: { readonly reading: DeskReading }) {
  const words = useWords(readingWords)
  const tone = { adopted: 'ok', doubtful: 'warn', rejected: 'bad', replaced: 'quiet' }[reading.state]
  return (
    <div className="request-head">
      <Link to="/readings" className="back" aria-label={words.back} title={words.back}>
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <div className="request-title">
        <h1>
          <span className="num">
            {reading.value} {reading.unit}
          </span>{' '}
          {reading.household.nameMasked}
        </h1>
        <div className="quiet ellipsis">
          <span className={`chip chip-${tone}`}>{words.stateOf[reading.state]}</span>{' '}
          <Findings reading={reading} /> {reading.household.addressMasked}
        </div>
      </div>
      {reading.dueAt === null ? null : (
        <Countdown clock={{ state: 'running', dueAt: reading.dueAt, warnAt: null }} />
      )}
    </div>
  )
}

function Shown({ detail }: { readonly detail: ReadingDetail }) {
  const words = useWords(readingWords)
  const { reading, photo } = detail
  const { usual } = reading
  return (
    <section className="card">
      <h2>{words.photo}</h2>
      {photo === null || photo.gone ? (
        <p className="quiet">{words.noPhoto}</p>
      ) : (
        <>
          <Image src={photo.url} alt={words.photo} className="reading-photo" />
          <p className="quiet">{words.photoHint}</p>
        </>
      )}
      <Facts
        rows={[
          [words.meterNo, reading.serial],
          [words.value, `${reading.value} ${reading.unit}`],
          [words.last, reading.lastValue],
          [words.used, reading.used],
          [words.usual, usual === null ? null : `${words.usualSpan(usual.from, usual.to)} ${reading.unit}`],
          [words.reason, reading.reason === null ? null : words.reasonOf[reading.reason]],
          [words.said, reading.words],
          [words.at, `${timeOf(reading.readAt)} · ${words.source[reading.source]}`],
          [words.decided, decidedText(reading)],
          [words.posting, reading.posting === null ? null : words.postingOf[reading.posting]],
          [
            words.request,
            reading.request === null ? null : (
              <Link to={`/requests/${reading.request.id}`}>{reading.request.number}</Link>
            ),
          ],
        ]}
      />
    </section>
  )
}

const decidedText = ({ decidedByName, decidedAt, decision, correctedValue }: DeskReading): string | null =>
  decidedByName === null || decidedAt === null
    ? decision
    : [decidedByName, timeOf(decidedAt), correctedValue ?? '', decision ?? '']
        .filter((part) => part !== '')
        .join(' · ')
