import { useEffect, useRef } from 'react'
import { keyOf } from './key-map'

const writes = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="textbox"]'
const covers = '.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open, .ant-image-preview'

/** Keys of the page that is open. They rest while somebody writes or a dialog stands before the page. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : null
      const busy = target?.closest(writes) !== null || document.querySelector(covers) !== null
      // Enter on a button or a link is that button's own.
      if (event.key === 'Enter' && target?.closest('button, a, summary')) return
      const key = keyOf({ ...modifiersOf(event), busy }, Object.keys(latest.current))
      if (key === null) return
      event.preventDefault()
      latest.current[key]?.()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

const modifiersOf = (event: KeyboardEvent) => ({
  key: event.key,
  ctrlKey: event.ctrlKey,
  metaKey: event.metaKey,
  altKey: event.altKey,
})
