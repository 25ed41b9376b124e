import { useState } from 'react'
import { hasCode } from '../../api/errors'
import { refresh } from '../../api/query'
import type { ActInput, FileView } from '../../api/types'
import { useErrorText } from '../../kit/error-text'
import { useMay } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { useJudge } from './api/judge-file'
import { ReasonButton } from './reason-button'
import { requestWords } from './words'

type Verdict = ActInput<'files.judge'>['verdict']

/** Files that the content check holds back: a person decides, with a reason that the audit keeps. */
export function HeldFiles({ files }: { readonly files: readonly FileView[] }) {
  const words = useWords(requestWords)
  const may = useMay()
  const held = files.filter(({ hidden }) => hidden)
  if (held.length === 0 || !may('files.judge')) return null
  return (
    <ul className="held-files" aria-label={words.held}>
      {held.map((file) => (
        <HeldFile key={file.fileId} file={file} name={nameOf(file, files, words.heldOf)} />
      ))}
    </ul>
  )
}

/** Counted within its kind, as the pictures above are. */
function nameOf(
  file: FileView,
  files: readonly FileView[],
  kinds: Readonly<Record<FileView['kind'], string>>,
): string {
  const place = files.filter(({ kind }) => kind === file.kind).indexOf(file) + 1
  return `${kinds[file.kind]} ${place}`
}

function HeldFile({ file, name }: { readonly file: FileView; readonly name: string }) {
  const words = useWords(requestWords)
  const [kept, setKept] = useState(false)
  return (
    <li>
      <span className="chip chip-warn" title={words.heldText}>
        {words.held}
      </span>
      <span>{name}</span>
      <JudgeButton file={file} name={name} verdict="pass" onDone={() => setKept(false)} />
      <JudgeButton file={file} name={name} verdict="risky" onDone={() => setKept(true)} />
      <span className="quiet" role="status">
        {kept ? words.heldDone : ''}
      </span>
    </li>
  )
}

interface JudgeProps {
  readonly file: FileView
  readonly name: string
  readonly verdict: Verdict
  readonly onDone: () => void
}

function JudgeButton({ file, name, verdict, onDone }: JudgeProps) {
  const words = useWords(requestWords)
  const textOf = useErrorText()
  const judge = useJudge()
  const submit = (reason: string, done: () => void): void =>
    judge.mutate(
      { fileId: file.fileId, address: file.url, verdict, reason },
      {
        onSuccess: () => {
          done()
          onDone()
        },
        // The address proves that this person was shown the file, minutes ago at most.
        onError: (error) => {
          if (hasCode(error, 'file_link_expired')) refresh(['desk.get'])
        },
      },
    )
  const trouble = hasCode(judge.error, 'file_link_expired')
    ? words.heldOld
    : judge.error && textOf(judge.error)
  return (
    <ReasonButton
      label={words.heldDo[verdict]}
      name={name}
      question={words.heldWhy[verdict]}
      hint={words.heldReason}
      pending={judge.isPending}
      trouble={trouble}
      onSubmit={submit}
    />
  )
}
