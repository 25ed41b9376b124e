import { useCallback, useState } from 'react'
import { read } from '../../../api/client'
import { isConflict } from '../../../api/errors'
import type { DeskNotice } from '../../../api/types'
import { useSaveDraft } from '../api/save-draft'
import { draftOf, type Form, formOf, isEmpty, sameForm } from './draft'
import { dropForm, type KeptForm, keptForm } from './keep-form'
import { useKeeping } from './use-keeping'

/** The draft as the server has it. */
export interface Base {
  readonly noticeId: string
  readonly revision: number
}

export interface EditorStart {
  /** Under which name this browser tab keeps what is not saved. */
  readonly keptAs: string
  readonly start: Form
  readonly base: Base | null
  readonly suggestionId?: string
  readonly onCreated: (noticeId: string) => void
}

/** What a colleague saved meanwhile; `editable` false when it is no draft any more. */
export interface Conflict {
  readonly noticeId: string
  readonly revision: number
  readonly form: Form
  readonly editable: boolean
}

export interface Saved extends Base {
  readonly form: Form
}

/** What is written, where it is kept, and what the server has of it. What is typed is never lost by an answer. */
export function useSaving({ keptAs, start, base, suggestionId, onCreated }: EditorStart) {
  const [kept] = useState(() => keptForm(keptAs))
  const [form, setForm] = useState<Form>(kept?.form ?? start)
  const [saved, setSaved] = useState<Saved | null>(base === null ? null : { ...base, form: start })
  const [savedAt, setSavedAt] = useState<number | null>(null)
  const [conflict, setConflict] = useState(() => olderThan(kept?.base ?? null, base, start))
  const [failed, setFailed] = useState<unknown>(null)
  const saveDraft = useSaveDraft()
  const dirty = saved === null ? !isEmpty(form) : !sameForm(form, saved.form)
  const name = saved?.noticeId ?? keptAs
  useKeeping(name, form, saved, dirty)
  const change = useCallback((next: Partial<Form> | ((before: Form) => Form)): void => {
    setFailed(null)
    setForm((before) => (typeof next === 'function' ? next(before) : { ...before, ...next }))
  }, [])
  const meet = async (noticeId: string): Promise<void> => {
    const theirs = await read('notices.deskGet', { noticeId }).catch(() => null)
    if (theirs !== null) setConflict(conflictOf(theirs))
  }
  const fail = async (error: unknown, noticeId: string | null): Promise<void> => {
    if (noticeId !== null && isConflict(error)) await meet(noticeId)
    else setFailed(error)
  }
  /** Null when it could not be saved; why is said on the page. */
  const save = async (over: Saved | null = saved): Promise<Base | null> => {
    setFailed(null)
    try {
      const { notice } = await saveDraft.mutateAsync({
        ...draftOf(form),
        ...(over !== null && { noticeId: over.noticeId, revision: over.revision }),
        ...(over === null && suggestionId !== undefined && { suggestionId }),
      })
      setSaved({ noticeId: notice.id, revision: notice.revision, form })
      setSavedAt(Date.now())
      if (over === null) {
        dropForm(keptAs)
        onCreated(notice.id)
      }
      return { noticeId: notice.id, revision: notice.revision }
    } catch (error) {
      await fail(error, over?.noticeId ?? null)
      return null
    }
  }
  const adopt = ({ noticeId, revision, form: theirs }: Conflict): Saved => {
    const next = { noticeId, revision, form: theirs }
    setSaved(next)
    setConflict(null)
    return next
  }
  const state = { form, saved, savedAt, dirty, failed, conflict, busy: saveDraft.isPending }
  const restored = kept !== null && !sameForm(kept.form, start)
  return { ...state, restored, name, start, change, setForm, setFailed, meet, fail, save, adopt }
}

const conflictOf = (theirs: DeskNotice): Conflict => ({
  noticeId: theirs.notice.id,
  revision: theirs.notice.revision,
  form: formOf(theirs),
  editable: theirs.acts.includes('save'),
})

/** What lay in this tab was written over an older draft than the one that was opened now. */
function olderThan(kept: KeptForm['base'], opened: Base | null, theirs: Form): Conflict | null {
  if (kept === null || opened === null || kept.revision === opened.revision) return null
  return { ...opened, form: theirs, editable: true }
}
