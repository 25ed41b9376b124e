import { ArrowLeftOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input, InputNumber } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useAct, useRead } from '../../api/query'
import type { Output } from '../../api/types'
import { timeOf } from '../../kit/format'
import { Failed, Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { useTitle } from '../../kit/page'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { type Points, sumOf } from './score'
import { reviewWords } from './words'

type Data = Output<'chatReview.get'>

interface SheetPageProps {
  /** The conversation as the desk shows it. */
  readonly renderMessages: (data: Data) => ReactNode
}

/** One conversation with the score sheet beside it. */
export function SheetPage({ renderMessages }: SheetPageProps) {
  const { reviewId = '' } = useParams()
  const words = useWords(reviewWords)
  const query = useRead('chatReview.get', { reviewId })
  const agentName = query.data?.review.agentName ?? ''
  useTitle(`${words.title} ${agentName}`)
  return (
    <div className="page">
      <div className="page-head">
        <Link to="/review" className="back" aria-label={words.back} title={words.back}>
          <ArrowLeftOutlined aria-hidden />
        </Link>
        <h1>
          {words.title} · {agentName}
        </h1>
        <span className="quiet">{query.data?.review.ruleWords}</span>
      </div>
      <Loaded query={query} rows={12}>
        {(data) => (
          <div className="report">
            <section className="card" aria-label={words.conversation}>
              {renderMessages(data)}
            </section>
            <section className="card">
              <h2>{words.sheet}</h2>
              <Sheet review={data.review} />
            </section>
          </div>
        )}
      </Loaded>
    </div>
  )
}

/** The items come with the list; the same question as the list's, so it is mostly known already. */
function Sheet({ review }: Pick<Data, 'review'>) {
  const words = useWords(reviewWords)
  const may = useMay()
  const list = useRead('chatReview.list', { state: review.state })
  return (
    <Loaded query={list} rows={4}>
      {({ sheet }) =>
        review.state === 'done' ? (
          <Scored review={review} sheet={sheet} />
        ) : may('chatReview.score') ? (
          <Scoring key={review.id} review={review} sheet={sheet} />
        ) : (
          <p className="quiet">{words.notYours}</p>
        )
      }
    </Loaded>
  )
}

type SheetItems = Output<'chatReview.list'>['sheet']

interface SheetProps extends Pick<Data, 'review'> {
  readonly sheet: SheetItems
}

function Scored({ review, sheet }: SheetProps) {
  const words = useWords(reviewWords)
  return (
    <>
      <ul className="lines">
        {review.scores.map(({ item, points }) => {
          const known = sheet.find((one) => one.item === item)
          return (
            <li key={item}>
              <span className="grow">{known?.name ?? item}</span>
              <span className="num">
                {points} / {known?.max ?? '—'}
              </span>
            </li>
          )
        })}
        <li>
          <b className="grow">{words.sum}</b>
          <b className="num big">{review.total}</b>
        </li>
      </ul>
      {review.words === null ? null : <p className="said">{review.words}</p>}
      {review.byName === null || review.doneAt === null ? null : (
        <p className="quiet num">{words.scoredBy(review.byName, timeOf(review.doneAt))}</p>
      )}
    </>
  )
}

function Scoring({ review, sheet }: SheetProps) {
  const words = useWords(reviewWords)
  const { done } = useSay()
  const score = useAct('chatReview.score', ['chatReview.get', 'chatReview.list'])
  const [points, setPoints] = useState<Points>({})
  const [said, setSaid] = useState('')
  const { total, most, whole } = sumOf(sheet, points)
  const submit = (): void =>
    score.mutate(
      {
        reviewId: review.id,
        scores: sheet.map(({ item }) => ({ item, points: points[item] ?? 0 })),
        ...(said.trim() !== '' && { words: said.trim() }),
      },
      { onSuccess: () => done(words.saved) },
    )
  return (
    <Form layout="vertical" component="div">
      {score.error ? <Failed error={score.error} /> : null}
      {sheet.map(({ item, name, max }) => (
        <div key={item} className="with-choice score-item">
          <label htmlFor={`score-${item}`}>
            {name} <span className="quiet num">{words.points(max)}</span>
          </label>
          <InputNumber
            id={`score-${item}`}
            min={0}
            max={max}
            precision={0}
            value={points[item] ?? null}
            onChange={(value) => setPoints((before) => ({ ...before, [item]: value }))}
          />
        </div>
      ))}
      <p className="with-choice">
        <b>{words.sum}</b>
        <b className="num big">
          {total} / {most}
        </b>
      </p>
      <Form.Item label={words.words} htmlFor="score-words">
        <Input.TextArea
          id="score-words"
          rows={4}
          maxLength={500}
          placeholder={words.wordsHint}
          value={said}
          onChange={(event) => setSaid(event.target.value)}
        />
      </Form.Item>
      {whole ? null : <Alert className="gap-below" type="info" showIcon title={words.missing} />}
      <Button type="primary" disabled={!whole} loading={score.isPending} onClick={submit}>
        {words.submit}
      </Button>
    </Form>
  )
}
