import { useEffect, useRef, useState } from 'react'
import { newClientId } from '../../api/act-ids'
import { forget, load, saveCache } from '../../platform/storage'
import { useUploads } from '../../upload/use-uploads'
import { type Draft, emptyDraft, hasContent } from '../draft'

/** The form as it stands, kept on the phone after every change and over closing the app, until it was sent. */
export function useDraft(key: string) {
  const [first] = useState<Draft>(() => ({ ...emptyDraft(newClientId()), ...load<Partial<Draft>>(key) }))
  const [typed, setTyped] = useState(first)
  const uploads = useUploads(first.files)
  const draft: Draft = { ...typed, files: uploads.items }
  const keptUnder = useRef(key)
  const sent = useRef(false)
  const { items } = uploads
  useEffect(() => {
    // Another household was chosen: what is written goes with it.
    if (keptUnder.current !== key) forget(keptUnder.current)
    keptUnder.current = key
    if (sent.current) return
    const whole = { ...typed, files: items }
    if (hasContent(whole)) saveCache(key, whole)
    else forget(key)
  }, [key, typed, items])
  return {
    draft,
    uploads,
    restored: hasContent(first),
    change: (part: Partial<Draft>) => setTyped((before) => ({ ...before, ...part })),
    /** It was sent: nothing of it stays on the phone. */
    finish: () => {
      sent.current = true
      forget(key)
    },
  }
}
