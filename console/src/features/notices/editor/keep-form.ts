import type { Form } from './draft'

/** What is being written, kept in this browser tab until it is published or thrown away. */
export interface KeptForm {
  readonly form: Form
  /** The saved draft that this was written over; null before the first save. */
  readonly base: { readonly noticeId: string; readonly revision: number } | null
}

const nameOf = (key: string): string => `yihu.notice.${key}`

/** Account numbers are among it, so it lives with the tab and not with the browser. */
export function keepForm(key: string, kept: KeptForm): void {
  try {
    sessionStorage.setItem(nameOf(key), JSON.stringify(kept))
  } catch {
    // Without a store, or with a full one, the words live as long as the page.
    return
  }
}

export function dropForm(key: string): void {
  try {
    sessionStorage.removeItem(nameOf(key))
  } catch {
    return
  }
}

/** Null when nothing is there, or nothing that this version of the console understands. */
export function keptForm(key: string): KeptForm | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(nameOf(key)) ?? 'null') as Partial<KeptForm> | null
    const form = found?.form
    if (!form || typeof form.companyId !== 'string' || !Array.isArray(form.areas)) return null
    return { form, base: found.base ?? null }
  } catch {
    return null
  }
}
