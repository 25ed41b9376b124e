import { ArrowLeftOutlined } from '@ant-design/icons'
import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import type { Output } from '../../api/types'
import { isConflict } from '../../api/errors'
import { refresh } from '../../api/query'
import { useErrorText } from '../../kit/error-text'
import { Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { useTitle } from '../../kit/page'
import { ReasonDialog } from '../../kit/reason-dialog'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { keepArticle, useArticle, useConfirm, useRetire, useReview, useSubmit } from './api'
import { ArticleFacts } from './article-facts'
import { ArticleTag } from './article-tag'
import { DayField } from './day-field'
import { Versions } from './versions'
import { articleWords } from './words'

type Data = Output<'knowledge.get'>
type Doing = 'return' | 'retire' | 'confirm'

/** One article with its versions, who reads it, and what may be done with it. */
export function ArticlePage() {
  const { articleId = '' } = useParams()
  const query = useArticle(articleId)
  useTitle(query.data?.article.title ?? '')
  return (
    <div className="page">
      <Loaded query={query} rows={12}>
        {(data) => <ArticleBody key={articleId} data={data} />}
      </Loaded>
    </div>
  )
}

function ArticleBody({ data }: { readonly data: Data }) {
  const words = useWords(articleWords)
  const { article, versions, may } = data
  const acts = useActs(data)
  const mayDo = useMay()
  // The server leaves `review` out where it is one's own.
  const own = article.state === 'review' && !may.includes('review') && mayDo('knowledge.review')
  return (
    <>
      <Head data={data} acts={acts} />
      {acts.problem === null ? null : (
        <Alert className="gap-below" type="warning" showIcon role="alert" title={acts.problem} />
      )}
      {own ? <Alert className="gap-below" type="info" showIcon title={words.own} /> : null}
      <div className="notice">
        <div className="notice-main">
          <Versions versions={versions} live={article.liveVersion} />
        </div>
        <div className="notice-side">
          <ArticleFacts data={data} />
        </div>
      </div>
      <Dialogs acts={acts} />
    </>
  )
}

type Acts = ReturnType<typeof useActs>

function Head({ data: { article, may }, acts }: { readonly data: Data; readonly acts: Acts }) {
  const words = useWords(articleWords)
  const go = useNavigate()
  return (
    <div className="page-head">
      <Link to="/knowledge" className="back" aria-label={words.backToList} title={words.backToList}>
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <h1 className="ellipsis">{article.title}</h1>
      <ArticleTag state={article.state} />
      <div className="page-actions">
        {may.includes('save') ? (
          <Button onClick={() => void go(`/knowledge/write/${article.id}`)}>{words.edit}</Button>
        ) : null}
        {may.includes('confirm') ? (
          <Button onClick={() => acts.ask('confirm')}>{words.confirm}</Button>
        ) : null}
        {may.includes('retire') ? (
          <Button danger onClick={() => acts.ask('retire')}>
            {words.retire}
          </Button>
        ) : null}
        {may.includes('submit') ? (
          <Button type="primary" loading={acts.pending} onClick={acts.submit}>
            {words.submit}
          </Button>
        ) : null}
        {may.includes('review') ? (
          <>
            <Button onClick={() => acts.ask('return')}>{words.return}</Button>
            <Button type="primary" loading={acts.pending} onClick={acts.publish}>
              {words.publish}
            </Button>
          </>
        ) : null}
      </div>
    </div>
  )
}

/** What may be done, and what happens after: said, or why not, with the newest when a colleague was faster. */
function useActs({ article }: Data) {
  const words = useWords(articleWords)
  const { done } = useSay()
  const textOf = useErrorText()
  const [doing, setDoing] = useState<Doing | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [submit, review, retire, confirm] = [useSubmit(), useReview(), useRetire(), useConfirm()]
  const change = { articleId: article.id, revision: article.revision }
  const after = (name: string) => ({
    onSuccess: (answer: Data) => {
      keepArticle(answer)
      setDoing(null)
      setProblem(null)
      done(words.done(name))
    },
    onError: (error: unknown) => {
      setDoing(null)
      setProblem(isConflict(error) ? words.conflict : textOf(error))
      refresh(['knowledge.get'])
    },
  })
  return {
    doing,
    problem,
    ask: setDoing,
    pending: [submit, review, retire, confirm].some(({ isPending }) => isPending),
    submit: () => submit.mutate(change, after(words.submit)),
    publish: () => review.mutate({ ...change, verdict: 'publish' }, after(words.publish)),
    giveBack: (reason: string) =>
      review.mutate({ ...change, verdict: 'return', reason }, after(words.return)),
    retire: (reason: string) => retire.mutate({ ...change, reason }, after(words.retire)),
    confirm: (reviewAt: number) => confirm.mutate({ ...change, reviewAt }, after(words.confirm)),
  }
}

function Dialogs({ acts }: { readonly acts: Acts }) {
  const words = useWords(articleWords)
  const close = (): void => acts.ask(null)
  const shared = { pending: acts.pending, error: null, onClose: close }
  if (acts.doing === 'return')
    return (
      <ReasonDialog title={words.returnTitle} okText={words.return} onSubmit={acts.giveBack} {...shared} />
    )
  if (acts.doing === 'retire')
    return (
      <ReasonDialog
        title={words.retireTitle}
        text={words.retireText}
        okText={words.retire}
        danger
        onSubmit={acts.retire}
        {...shared}
      />
    )
  return acts.doing === 'confirm' ? (
    <ConfirmDialog pending={acts.pending} onOk={acts.confirm} onClose={close} />
  ) : null
}

const halfYearMs = 180 * 86_400_000

interface ConfirmDialogProps {
  readonly pending: boolean
  readonly onOk: (reviewAt: number) => void
  readonly onClose: () => void
}

function ConfirmDialog({ pending, onOk, onClose }: ConfirmDialogProps) {
  const words = useWords(articleWords)
  const [at, setAt] = useState<number | null>(() => Date.now() + halfYearMs)
  return (
    <Modal
      open
      title={words.confirmTitle}
      okButtonProps={{ disabled: at === null, loading: pending }}
      onOk={() => at !== null && onOk(at)}
      onCancel={onClose}
    >
      <label htmlFor="next-review">{words.confirmText}</label>{' '}
      <DayField id="next-review" value={at} onChange={setAt} />
    </Modal>
  )
}
