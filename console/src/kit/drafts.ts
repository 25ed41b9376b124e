/** Text that was not sent stays in this browser tab, per thing it is about, also over a reload. */
const nameOf = (id: string, kind: string): string => `yihu.draft.${kind}.${id}`

export function keepDraft(id: string, kind: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(nameOf(id, kind))
    else sessionStorage.setItem(nameOf(id, kind), text)
  } catch {
    // Without a store the text lives as long as the page.
    return
  }
}

export function draftOf(id: string, kind: string): string {
  try {
    return sessionStorage.getItem(nameOf(id, kind)) ?? ''
  } catch {
    return ''
  }
}
