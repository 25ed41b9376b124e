import { useEffect, useRef, useState } from 'react'
import type { NoticePreview } from '../../../api/types'
import { useCounted, usePreview } from '../api/read-preview'
import { gapsOf, reachKey, sameForm } from './draft'
import { dropForm } from './keep-form'
import { type Base, type Conflict, type EditorStart, type Saved, useSaving } from './use-saving'

const countAfterMs = 1_200

/** All that the editor knows, and the ways to change it. Whom it reaches is counted anew when that changes. */
export function useEditor(given: EditorStart) {
  const saving = useSaving(given)
  const { form, saved, dirty, failed, conflict, setForm, setFailed, fail, save, adopt, name, start } = saving
  const [asked, setAsked] = useState<{ readonly of: Base; readonly key: string } | null>(null)
  const preview = usePreview()
  const counted = useCounted(asked?.of ?? null)
  /** Saves what is not saved and counts whom it reaches. */
  const recount = async (over: Saved | null = saved): Promise<void> => {
    const of = over !== null && sameForm(form, over.form) ? over : await save(over)
    if (of === null) return
    const ask = { noticeId: of.noticeId, revision: of.revision }
    try {
      await preview.mutateAsync(ask)
      setAsked({ of: ask, key: reachKey(form) })
    } catch (error) {
      await fail(error, of.noticeId)
    }
  }
  const busy = saving.busy || preview.isPending
  const gaps = gapsOf(form)
  const due = gaps.length === 0 && conflict === null && failed === null && asked?.key !== reachKey(form)
  useLater(due && !busy ? reachKey(form) : null, countAfterMs, () => void recount())
  const current = saved !== null && !dirty && asked?.of.revision === saved.revision
  const { change, savedAt, restored } = saving
  return {
    form,
    change,
    saved,
    savedAt,
    dirty,
    failed,
    conflict,
    restored,
    gaps,
    busy,
    preview: counted.data?.preview ?? null,
    countError: counted.error,
    /** The count, only while it says what would be published now. */
    fresh: freshOf(counted.data?.preview, current),
    save: () => save(),
    recount: () => recount(),
    meet: () => (saved === null ? Promise.resolve() : saving.meet(saved.noticeId)),
    keepMine: (theirs: Conflict) => void recount(adopt(theirs)),
    takeTheirs: (theirs: Conflict): void => {
      adopt(theirs)
      setForm(theirs.form)
    },
    startOver: (): void => {
      dropForm(name)
      setForm(saved?.form ?? start)
      setFailed(null)
    },
    forget: (): void => dropForm(name),
  }
}

export type EditorState = ReturnType<typeof useEditor>

const freshOf = (preview: NoticePreview | undefined, current: boolean): NoticePreview | null =>
  current && preview?.state === 'done' ? preview : null

/** Does something once its key has not changed for a while; null: nothing is to be done. */
function useLater(key: string | null, ms: number, work: () => void): void {
  const latest = useRef(work)
  useEffect(() => {
    latest.current = work
  })
  useEffect(() => {
    if (key === null) return
    const timer = setTimeout(() => latest.current(), ms)
    return () => clearTimeout(timer)
  }, [key, ms])
}
