import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { DeskNotice } from '../../../api/types'
import { useCompanies } from '../../../kit/companies'
import { Loaded, Nothing } from '../../../kit/loaded'
import { useMay, useMe } from '../../../kit/me-context'
import { Page } from '../../../kit/page'
import { useWords } from '../../../words/language'
import { useNotice } from '../api/get-notice'
import { useSuggestions } from '../api/list-suggestions'
import { emptyForm, formFrom, formOf } from './draft'
import { Editor } from './editor'
import { editorWords } from './words'

/** Writes a new notice, or changes a draft. The address gets the draft's id once it is saved. */
export function EditorPage() {
  const { noticeId } = useParams()
  const [params] = useSearchParams()
  const suggestionId = params.get('suggestion')
  const go = useNavigate()
  // What was opened stays open when its first save gives it an address of its own.
  const [made, setMade] = useState<string | undefined>()
  const [open, setOpen] = useState({ at: noticeId, noticeId, suggestionId, round: 0 })
  if (open.at !== noticeId)
    setOpen(
      noticeId !== undefined && noticeId === made
        ? { ...open, at: noticeId }
        : { at: noticeId, noticeId, suggestionId, round: open.round + 1 },
    )
  const onCreated = (id: string): void => {
    setMade(id)
    void go(`/notices/write/${id}`, { replace: true })
  }
  const again = (): void => {
    setOpen({ at: noticeId, noticeId: undefined, suggestionId: null, round: open.round + 1 })
    void go('/notices/write', { replace: true })
  }
  const key = String(open.round)
  if (open.noticeId !== undefined)
    return <OpenDraft key={key} noticeId={open.noticeId} onCreated={onCreated} />
  if (open.suggestionId !== null)
    return <OpenSuggestion key={key} suggestionId={open.suggestionId} onCreated={onCreated} onAgain={again} />
  return <NewDraft key={key} onCreated={onCreated} />
}

interface OpenProps {
  readonly onCreated: (noticeId: string) => void
}

function NewDraft({ onCreated }: OpenProps) {
  const [company] = useCompanies(useMe())
  if (company === undefined) return null
  return <Editor keptAs="new" start={emptyForm(company.id)} base={null} onCreated={onCreated} />
}

function OpenDraft({ noticeId, onCreated }: OpenProps & { readonly noticeId: string }) {
  const words = useWords(editorWords)
  const query = useNotice(noticeId)
  const [opened, setOpened] = useState<DeskNotice | null>(null)
  if (opened === null && query.data !== undefined) setOpened(query.data)
  if (opened === null)
    return (
      <Page title={words.editTitle('')}>
        <Loaded query={query} rows={10}>
          {() => null}
        </Loaded>
      </Page>
    )
  const { notice, acts } = opened
  if (!acts.includes('save'))
    return (
      <Page title={words.editTitle(notice.number)}>
        <Nothing>
          {words.notDraft} <Link to={`/notices/${notice.id}`}>{words.openNotice}</Link>
        </Nothing>
      </Page>
    )
  return (
    <Editor
      keptAs={notice.id}
      number={notice.number}
      submitted={notice.state !== 'draft'}
      start={formOf(opened)}
      base={{ noticeId: notice.id, revision: notice.revision }}
      onCreated={onCreated}
    />
  )
}

interface SuggestedProps extends OpenProps {
  readonly suggestionId: string
  readonly onAgain: () => void
}

function OpenSuggestion({ suggestionId, onCreated, onAgain }: SuggestedProps) {
  const words = useWords(editorWords)
  const may = useMay()
  const query = useSuggestions(may('notices.suggestions'))
  const found = query.data?.items.find(({ id }) => id === suggestionId)
  // It goes from the list as soon as a draft is made of it.
  const [start, setStart] = useState(found === undefined ? null : formFrom(found))
  if (start === null && found !== undefined) setStart(formFrom(found))
  if (start !== null)
    return (
      <Editor
        keptAs={`suggestion-${suggestionId}`}
        suggestionId={suggestionId}
        start={start}
        base={null}
        onCreated={onCreated}
      />
    )
  return (
    <Page title={words.newTitle}>
      <Loaded query={query} rows={10}>
        {() => (
          <Alert
            type="info"
            showIcon
            title={words.suggestionGone}
            action={<Button onClick={onAgain}>{words.newTitle}</Button>}
          />
        )}
      </Loaded>
    </Page>
  )
}
