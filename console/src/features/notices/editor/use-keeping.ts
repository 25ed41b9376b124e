import { useEffect, useRef } from 'react'
import type { Form } from './draft'
import { dropForm, type KeptForm, keepForm } from './keep-form'

const keepAfterMs = 400

/** Keeps what is written a moment after each change, and at once when the page is left. */
export function useKeeping(name: string, form: Form, base: KeptForm['base'], dirty: boolean): void {
  const keepNow = useRef(() => {})
  useEffect(() => {
    keepNow.current = () => {
      if (dirty) keepForm(name, { form, base })
      else dropForm(name)
    }
    const timer = setTimeout(() => keepNow.current(), keepAfterMs)
    return () => clearTimeout(timer)
  }, [name, form, base, dirty])
  useEffect(() => {
    const leave = (): void => keepNow.current()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
}
