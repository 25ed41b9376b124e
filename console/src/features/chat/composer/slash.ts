/** What stands behind the slash that a text begins with: the search for a ready answer; null without one. */
export function slashOf(text: string): string | null {
  const found = /^[/／]([^\n]{0,30})$/.exec(text)
  return found === null ? null : (found[1] ?? '').trim()
}

/** What stands behind the last @ before the caret: the beginning of a colleague's name; null without one. */
export function mentionOf(text: string, caret: number): string | null {
  const found = /(?:^|[\s\u3000，。；：、])[@＠]([^\s@＠]{0,20})$/.exec(text.slice(0, caret))
  return found === null ? null : (found[1] ?? '')
}

/** The text with the name in place of what was typed of it, and where the caret goes. */
export function withMention(text: string, caret: number, name: string): { text: string; caret: number } {
  const begun = mentionOf(text, caret) ?? ''
  const before = `${text.slice(0, caret - begun.length - 1)}@${name} `
  return { text: before + text.slice(caret), caret: before.length }
}

/** Those who are still named in the text when it is sent; a name within a longer one does not count. */
export function mentionedIn(
  text: string,
  people: readonly { readonly id: string; readonly name: string }[],
): string[] {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length)
  let rest = text.replaceAll('＠', '@')
  const ids: string[] = []
  for (const { id, name } of byLength) {
    if (!rest.includes(`@${name}`)) continue
    ids.push(id)
    rest = rest.replaceAll(`@${name}`, ' ')
  }
  return ids.slice(0, 5)
}
