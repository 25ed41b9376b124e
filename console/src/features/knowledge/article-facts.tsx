import { useState } from 'react'
import { Button } from 'antd'
import type { Output } from '../../api/types'
import { Facts } from '../../kit/facts'
import { dayOf, timeOf } from '../../kit/format'
import { Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { type Article, useReaders, useTypesOf } from './api'
import { articleWords, knowledgeWords } from './words'

/** For whom it is, until when, and how it serves. */
export function ArticleFacts({ data: { article, versions } }: { readonly data: Output<'knowledge.get'> }) {
  const words = useWords(articleWords)
  const list = useWords(knowledgeWords)
  const newest = versions.find(({ version }) => version === article.newestVersion)
  return (
    <>
      <section className="card">
        <h2>{words.facts}</h2>
        <Facts
          rows={[
            [words.kind, list.kindOf[article.kind]],
            [words.audience, list.audienceOf[article.audience]],
            [words.owner, article.owner.name],
            [words.valid, <Valid key="valid" article={article} />],
            [
              words.reviewAt,
              <span key="review" className={article.reviewIsDue ? 'num tone-bad' : 'num'}>
                {dayOf(article.reviewAt)} {article.reviewIsDue ? list.reviewDue : ''}
              </span>,
            ],
            [words.types, <TypeNames key="types" article={article} />],
            [words.liveFigures, newest?.live.map((name) => list.liveOf[name]).join('、') ?? ''],
            [
              words.reads,
              <span key="reads" className="num">
                {article.reads}
              </span>,
            ],
            [
              words.helpful,
              <span key="helpful" className="num">
                {article.helpful} / {article.unhelpful}
              </span>,
            ],
          ]}
        />
      </section>
      <Readers articleId={article.id} published={article.liveVersion !== null} />
    </>
  )
}

function Valid({ article: { validFrom, validUntil } }: { readonly article: Article }) {
  const words = useWords(articleWords)
  const parts = [
    ...(validFrom === null ? [] : [words.validFrom(dayOf(validFrom))]),
    ...(validUntil === null ? [] : [words.validUntil(dayOf(validUntil))]),
  ]
  return <span className="num">{parts.length === 0 ? words.validAlways : parts.join(' ')}</span>
}

function TypeNames({ article: { companyId, typeIds } }: { readonly article: Article }) {
  const kit = useWords(kitWords)
  const types = useTypesOf(typeIds.length === 0 ? null : companyId)
  if (typeIds.length === 0) return <>{kit.all}</>
  return <>{typeIds.map((id) => types.data?.types.find((one) => one.id === id)?.name ?? id).join('、')}</>
}

/** Which colleagues have read what holds now; asked for only by who wants to know. */
function Readers({ articleId, published }: { readonly articleId: string; readonly published: boolean }) {
  const words = useWords(articleWords)
  const may = useMay()
  const [shown, setShown] = useState(false)
  const readers = useReaders(shown ? articleId : null)
  if (!published || !may('knowledge.readers')) return null
  return (
    <section className="card">
      <h2>{words.readers}</h2>
      {shown ? (
        <Loaded query={readers} rows={2}>
          {({ read, missing }) => (
            <>
              <p className="quiet">{read.length === 0 ? words.noReaders : words.read(read.length)}</p>
              <ul className="lines">
                {read.map(({ name, at, version }) => (
                  <li key={`${name}-${at}`}>
                    <span className="grow">{name}</span>
                    <span className="quiet num">
                      {words.versionName(version)} · {timeOf(at)}
                    </span>
                  </li>
                ))}
              </ul>
              {missing.length === 0 ? null : (
                <p className="tone-warn">
                  {words.missing(missing.length)}：{missing.join('、')}
                </p>
              )}
            </>
          )}
        </Loaded>
      ) : (
        <Button size="small" onClick={() => setShown(true)}>
          {words.readers}
        </Button>
      )}
    </section>
  )
}
