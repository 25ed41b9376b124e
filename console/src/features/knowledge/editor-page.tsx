import { Alert, Button } from 'antd'
import { useEffect, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { Output } from '../../api/types'
import { isConflict } from '../../api/errors'
import { useCompanies } from '../../kit/companies'
import { draftOf as keptDraft, keepDraft } from '../../kit/drafts'
import { useErrorText } from '../../kit/error-text'
import { Loaded } from '../../kit/loaded'
import { useMay, useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { useSay } from '../../kit/use-done'
import { useUploads } from '../../kit/use-uploads'
import { useWords } from '../../words/language'
import { keepArticle, useArticle, useSave, useSubmit } from './api'
import { type Draft, draftOf, emptyDraft, faultsOf } from './draft'
import { EditorFields } from './editor-fields'
import { MarkdownView } from './markdown-view'
import { articleWords } from './words'

/** Writes a new article, or a new version of one. */
export function EditorPage() {
  const { articleId } = useParams()
  const words = useWords(articleWords)
  const companies = useCompanies(useMe())
  const [params] = useSearchParams()
  const query = useArticle(articleId ?? null)
  const companyId = params.get('companyId') ?? companies[0]?.id
  const [openedAt] = useState(() => Date.now())
  if (articleId === undefined)
    return companyId === undefined ? null : (
      <Page title={words.write}>
        <Editor
          key={`${companyId}-${params.get('question') ?? ''}`}
          data={null}
          first={emptyDraft(companyId, openedAt, params.get('question'))}
        />
      </Page>
    )
  return (
    <Page title={words.edit}>
      <Loaded query={query} rows={14}>
        {(data) => {
          const newest = data.versions.find(({ version }) => version === data.article.newestVersion)
          return newest === undefined ? null : (
            <Editor key={articleId} data={data} first={draftOf(data.article, newest)} />
          )
        }}
      </Loaded>
    </Page>
  )
}

interface EditorProps {
  readonly data: Output<'knowledge.get'> | null
  readonly first: Draft
}

function Editor({ data, first }: EditorProps) {
  const words = useWords(articleWords)
  const may = useMay()
  const { draft, set, forget } = useKeptDraft(data?.article.id ?? 'new', first)
  const uploads = useUploads(Math.max(0, 6 - draft.fileIds.length))
  const whole = { ...draft, fileIds: [...draft.fileIds, ...uploads.fileIds] }
  const [openedAt] = useState(() => Date.now())
  const faults = faultsOf(whole, openedAt, data === null)
  const saving = useSaving(data, forget)
  const blocked = faults.length > 0 || uploads.busy || saving.pending
  return (
    <div className="article-editor">
      <div className="card">
        <EditorFields draft={draft} set={set} uploads={uploads} isNew={data === null} />
      </div>
      <div className="article-preview">
        <section className="card" aria-label={words.preview}>
          <h2>{words.preview}</h2>
          {draft.body.trim() === '' ? (
            <p className="quiet">{words.previewEmpty}</p>
          ) : (
            <>
              <h3 className="big">{draft.title}</h3>
              <MarkdownView text={draft.body} />
            </>
          )}
        </section>
      </div>
      <div className="save-bar">
        {saving.problem === null ? null : <Alert type="error" showIcon role="alert" title={saving.problem} />}
        <Button
          type="primary"
          disabled={blocked}
          loading={saving.pending}
          onClick={() => saving.run(whole, true)}
        >
          {may('knowledge.submit') ? words.saveAndSubmit : words.save}
        </Button>
        {may('knowledge.submit') ? (
          <Button disabled={blocked} onClick={() => saving.run(whole, false)}>
            {words.save}
          </Button>
        ) : null}
        <span className="quiet">
          {faults.length === 0
            ? words.draftKept
            : words.missingOf(faults.map((fault) => words.faultOf[fault]).join('、'))}
        </span>
      </div>
    </div>
  )
}

/** What was written and not saved stays in this tab. */
function useKeptDraft(id: string, first: Draft) {
  const [draft, setDraft] = useState<Draft>(() => ({ ...first, ...keptFor(id, first) }))
  const [saved, setSaved] = useState(false)
  useEffect(() => {
    if (!saved)
      keepDraft(id, 'article', JSON.stringify(draft) === JSON.stringify(first) ? '' : JSON.stringify(draft))
  }, [id, draft, first, saved])
  return {
    draft,
    set: (next: Partial<Draft>): void => setDraft((before) => ({ ...before, ...next })),
    forget: (): void => {
      setSaved(true)
      keepDraft(id, 'article', '')
    },
  }
}

/** A draft of another question is not this one's. */
function keptFor(id: string, first: Draft): Partial<Draft> {
  const text = keptDraft(id, 'article')
  if (text === '') return {}
  try {
    const found = JSON.parse(text) as Partial<Draft>
    return first.questions.length > 0 && id === 'new' && found.title !== first.title ? {} : found
  } catch {
    return {}
  }
}

function useSaving(data: EditorProps['data'], forget: () => void) {
  const words = useWords(articleWords)
  const go = useNavigate()
  const { done } = useSay()
  const may = useMay()
  const textOf = useErrorText()
  const [problem, setProblem] = useState<string | null>(null)
  const [save, submit] = [useSave(), useSubmit()]
  const onError = (error: unknown): void => setProblem(isConflict(error) ? words.conflict : textOf(error))
  const end = (answer: Output<'knowledge.get'>, said: string): void => {
    keepArticle(answer)
    done(said)
    void go(`/knowledge/${answer.article.id}`)
  }
  const asked = (answer: Output<'knowledge.get'>): void => {
    const { id, revision } = answer.article
    submit.mutate(
      { articleId: id, revision },
      {
        onSuccess: (next) => end(next, words.submitted),
        // It is saved; asking again is one click on its page.
        onError: () => end(answer, words.saved),
      },
    )
  }
  return {
    problem,
    pending: save.isPending || submit.isPending,
    run: (draft: Draft, submits: boolean): void => {
      setProblem(null)
      const known = data === null ? {} : { articleId: data.article.id, revision: data.article.revision }
      const onSuccess = (answer: Output<'knowledge.get'>): void => {
        forget()
        if (submits && may('knowledge.submit')) asked(answer)
        else end(answer, words.saved)
      }
      save.mutate({ ...draft, ...known }, { onSuccess, onError })
    },
  }
}
