/** Text that was not sent stays in this browser tab, per request, also over a reload. */
const nameOf = (requestId: string, kind: string): string => `yihu.draft.${kind}.${requestId}`

export function keepDraft(requestId: string, kind: 'reply' | 'note', text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(nameOf(requestId, kind))
    else sessionStorage.setItem(nameOf(requestId, kind), text)
  } catch {
    // Without a store the text lives as long as the page.
    return
  }
}

export function draftOf(requestId: string, kind: 'reply' | 'note'): string {
  try {
    return sessionStorage.getItem(nameOf(requestId, kind)) ?? ''
  } catch {
    return ''
  }
}
