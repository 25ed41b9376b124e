import { useEffect, useRef, useState } from 'react'
import { newClientId } from '../api/act-ids'
import { forget, load, saveCache } from '../platform/storage'
import { useUploads } from '../upload/use-uploads'
import { type Draft, hasContent } from './draft'

const fresh = (): Draft => ({ clientId: newClientId(), value: '', reason: null, words: '', files: [] })

/** A draft of another month is of no use. */
const keyOf = (householdId: string, period: string): string => `reading-draft.${householdId}.${period}`

export function useDraft(householdId: string, period: string) {
  const key = keyOf(householdId, period)
  const [first] = useState<Draft>(() => ({ ...fresh(), ...load<Partial<Draft>>(key) }))
  const [kept, setKept] = useState(first)
  const uploads = useUploads(first.files)
  const draft: Draft = { ...kept, files: uploads.items }
  const sent = useRef(false)
  const { items } = uploads
  useEffect(() => {
    if (sent.current) return
    const whole = { ...kept, files: items }
    if (hasContent(whole)) saveCache(key, whole)
    else forget(key)
  }, [key, kept, items])
  return {
    draft,
    uploads,
    restored: hasContent(first),
    change: (part: Partial<Draft>) => setKept((before) => ({ ...before, ...part })),
    /** Another wish under another name: the first one was refused, or sent. */
    renew: () => setKept((before) => ({ ...before, clientId: newClientId() })),
    finish: () => {
      sent.current = true
      forget(key)
    },
  }
}
