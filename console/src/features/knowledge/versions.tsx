import { Button } from 'antd'
import { useState } from 'react'
import { timeOf } from '../../kit/format'
import { Photos } from '../../kit/photos'
import { useWords } from '../../words/language'
import type { Version } from './api'
import { lineDiff } from './line-diff'
import { MarkdownView } from './markdown-view'
import { articleWords } from './words'

interface VersionsProps {
  readonly versions: readonly Version[]
  readonly live: number | null
}

/** The newest text in full, and every version with what changed; a published one is never rewritten. */
export function Versions({ versions, live }: VersionsProps) {
  const words = useWords(articleWords)
  const sorted = [...versions].sort((a, b) => b.version - a.version)
  const [newest] = sorted
  return (
    <>
      {newest === undefined ? null : (
        <section className="card">
          <MarkdownView text={newest.body} />
          <Photos files={newest.files} />
          <h3>{words.questions}</h3>
          {newest.questions.length === 0 ? (
            <p className="quiet">{words.noQuestions}</p>
          ) : (
            <p className="question-chips">
              {newest.questions.map((one) => (
                <span key={one} className="chip">
                  {one}
                </span>
              ))}
            </p>
          )}
        </section>
      )}
      <section className="card">
        <h2>{words.versions}</h2>
        <ol className="versions">
          {sorted.map((version, index) => (
            <VersionItem
              key={version.version}
              version={version}
              before={sorted[index + 1] ?? null}
              isLive={version.version === live}
            />
          ))}
        </ol>
      </section>
    </>
  )
}

interface VersionItemProps {
  readonly version: Version
  readonly before: Version | null
  readonly isLive: boolean
}

function VersionItem({ version, before, isLive }: VersionItemProps) {
  const words = useWords(articleWords)
  const [comparing, setComparing] = useState(false)
  const { reviewedBy, reviewedAt, returnedBecause } = version
  return (
    <li>
      <p className="version-title">
        {words.versionName(version.version)}{' '}
        {isLive ? <span className="chip chip-ok">{words.live}</span> : null} {version.whatChanged}
      </p>
      <p className="quiet num">
        {words.by(version.by, timeOf(version.createdAt))}
        {reviewedBy === null || reviewedAt === null
          ? ''
          : ` · ${words.reviewedBy(reviewedBy, timeOf(reviewedAt))}`}
      </p>
      {returnedBecause === null ? null : <p className="tone-warn">{words.returned(returnedBecause)}</p>}
      <Button size="small" type="link" className="flush" onClick={() => setComparing(!comparing)}>
        {comparing ? words.hideCompare : words.compare}
      </Button>
      {comparing ? <Difference version={version} before={before} /> : null}
    </li>
  )
}

const signs = { same: ' ', added: '+', removed: '−' } as const

function Difference({ version, before }: Omit<VersionItemProps, 'isLive'>) {
  const words = useWords(articleWords)
  if (before === null) return <p className="quiet">{words.firstVersion}</p>
  const wholeOf = ({ title, body, questions }: Version): string =>
    [title, '', body, '', ...questions].join('\n')
  const lines = lineDiff(wholeOf(before), wholeOf(version))
  if (lines.every(({ kind }) => kind === 'same')) return <p className="quiet">{words.noChange}</p>
  return (
    <ol className="diff">
      {lines.map(({ kind, text }, index) => (
        <li key={`${index}-${kind}`} className={`diff-${kind}`}>
          <span aria-hidden>{signs[kind]}</span> {text}
        </li>
      ))}
    </ol>
  )
}
