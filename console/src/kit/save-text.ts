/** How long a browser may take to begin reading what it saves. */
const readMs = 60_000

/** Hands a text to the browser as a file; nothing is sent anywhere. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), readMs)
}
