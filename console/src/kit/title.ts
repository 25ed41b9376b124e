/** What the browser's tab says: how many wait for me, and the page. */
let page = ''
let waiting = 0

const show = (): void => {
  document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${page} · 一户`
}

export function setPageTitle(title: string): void {
  page = title
  show()
}

export function setWaiting(count: number): void {
  if (count === waiting) return
  waiting = count
  show()
}
