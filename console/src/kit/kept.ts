/** Small choices of a person that this browser remembers: columns, widths, language. Nothing of a resident. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`yihu.console.${name}`)
  } catch {
    // A browser that keeps nothing still works; it only forgets.
    return null
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`yihu.console.${name}`, value)
  } catch {
    // See above.
    return
  }
}
