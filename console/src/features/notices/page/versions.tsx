import type { NoticeVersion } from '../../../api/types'
import { timeOf } from '../../../kit/format'
import { useWords } from '../../../words/language'
import { spanWords } from '../times'
import { noticeWords } from '../words'
import { noticePageWords } from './words'

const tones: Record<NoticeVersion['state'], string> = {
  draft: 'quiet',
  waiting: 'warn',
  scheduled: 'go',
  published: 'ok',
  refused: 'bad',
  stopped: 'bad',
}

/** Everything that was said, newest first: what changed, who wrote and who approved it, and why it was late. */
export function Versions({ versions }: { readonly versions: readonly NoticeVersion[] }) {
  const words = useWords(noticePageWords)
  const newest = [...versions].sort((one, other) => other.version - one.version)
  return (
    <section className="card" aria-labelledby="notice-versions">
      <h2 id="notice-versions">{words.versions}</h2>
      <ol className="versions">
        {newest.map((version, index) => (
          <Version key={version.version} version={version} open={index === 0} />
        ))}
      </ol>
    </section>
  )
}

interface VersionProps {
  readonly version: NoticeVersion
  readonly open: boolean
}

function Version({ version, open }: VersionProps) {
  const words = useWords(noticePageWords)
  const common = useWords(noticeWords)
  return (
    <li>
      <p className="version-head">
        <b>{words.version(version.version)}</b> {words.changeOf[version.change]}{' '}
        <span className={`chip chip-${tones[version.state]}`}>{words.versionStateOf[version.state]}</span>{' '}
        <span className="quiet num">{historyOf(version, words)}</span>
      </p>
      {version.startsAt === null && version.endsAt === null ? null : (
        <p className="num">{spanWords(version, common.noEnd)}</p>
      )}
      {version.changed === '' ? null : (
        <p>
          <span className="quiet">{words.changed}</span> {version.changed}
        </p>
      )}
      {version.leadRule === null ? null : (
        <p className="tone-warn">
          {words.leadBroken}：{version.leadRule}
          {version.leadReason === null ? '' : ` · ${words.leadReason}：${version.leadReason}`}
        </p>
      )}
      {version.refusedWords === null ? null : (
        <p className="tone-bad">
          {version.state === 'stopped' ? words.stoppedBecause : words.refused}：{version.refusedWords}
        </p>
      )}
      <details open={open}>
        <summary>{words.showWords}</summary>
        <p className="version-title">{version.title}</p>
        <p className="said">{version.words}</p>
      </details>
    </li>
  )
}

type Words = (typeof noticePageWords)['en']

function historyOf(version: NoticeVersion, words: Words): string {
  const { createdBy, approvedBy, publishAt, publishedAt, stoppedAt } = version
  return [
    words.writtenBy(createdBy.name),
    ...(approvedBy === null ? [] : [words.approvedBy(approvedBy.name)]),
    ...(publishedAt !== null
      ? [words.publishedAt(timeOf(publishedAt))]
      : publishAt === null
        ? []
        : [words.publishAt(timeOf(publishAt))]),
    ...(stoppedAt === null ? [] : [words.stoppedAt(timeOf(stoppedAt))]),
  ].join(' · ')
}
