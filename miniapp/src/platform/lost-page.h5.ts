let explaining = false

/**
 * A browser fetches each page's script when the page is first opened. Without a network, or after a new release has
 * taken the old scripts away, nothing at all would happen: so it is explained, and then tried again or gone back.
 */
export function onLostPage(explain: () => Promise<{ again: boolean }>): void {
  window.addEventListener('unhandledrejection', (event) => {
    if ((event.reason as { name?: unknown } | null)?.name !== 'ChunkLoadError') return
    event.preventDefault()
    if (explaining) return
    explaining = true
    void explain().then(({ again }) => {
      explaining = false
      if (again) window.location.reload()
      else window.history.back()
    })
  })
}
