/**
 * The Markdown that articles may have: headings, lists, bold, links to our own pages and to https, plain paragraphs.
 * Everything else is text as it stands; nothing becomes HTML.
 */
export type Inline =
  | { readonly kind: 'text' | 'bold'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly to: string }

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly parts: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }

const heading = /^(#{1,6})\s+(.+?)\s*#*$/
const bullet = /^\s{0,3}[-*+]\s+(.+)$/
const number = /^\s{0,3}\d{1,3}[.)、]\s*(.+)$/
const inline = /\*\*([^*\n]+)\*\*|\[([^\]\n]{1,200})\]\(([^()\s]{1,500})\)/g

/** Our own pages and https; `javascript:` and the like stay text. */
const mayLink = (to: string): boolean => /^https:\/\/[^\s/]/.test(to) || /^\/(?![/\\])/.test(to)

export function inlineOf(text: string): readonly Inline[] {
  const parts: Inline[] = []
  let at = 0
  const plain = (until: number): void => {
    if (until > at) parts.push({ kind: 'text', text: text.slice(at, until) })
  }
  for (const found of text.matchAll(inline)) {
    const [whole, bold, name, to] = found
    if (bold === undefined && !mayLink(to ?? '')) continue
    plain(found.index)
    at = found.index + whole.length
    parts.push(
      bold === undefined ? { kind: 'link', text: name ?? '', to: to ?? '' } : { kind: 'bold', text: bold },
    )
  }
  plain(text.length)
  return parts
}

/** A title stands above the text already, so its headings begin one below. */
const levelOf = (signs: string): 2 | 3 | 4 => (signs.length === 1 ? 2 : signs.length === 2 ? 3 : 4)

export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = []
  let lines: string[] = []
  let list: { ordered: boolean; items: (readonly Inline[])[] } | null = null
  const end = (): void => {
    if (lines.length > 0) blocks.push({ kind: 'paragraph', parts: inlineOf(lines.join('\n')) })
    if (list !== null) blocks.push({ kind: 'list', ...list })
    lines = []
    list = null
  }
  for (const line of markdown.replaceAll('\r\n', '\n').split('\n')) {
    const [, signs, title] = heading.exec(line) ?? []
    const dotted = bullet.exec(line)?.[1]
    const item = dotted ?? number.exec(line)?.[1]
    if (signs !== undefined && title !== undefined) {
      end()
      blocks.push({ kind: 'heading', level: levelOf(signs), parts: inlineOf(title) })
    } else if (item !== undefined) {
      const ordered = dotted === undefined
      if (list === null || list.ordered !== ordered || lines.length > 0) {
        end()
        list = { ordered, items: [] }
      }
      list.items.push(inlineOf(item))
    } else if (line.trim() === '') {
      end()
    } else {
      if (list !== null) end()
      lines.push(line.trim())
    }
  }
  end()
  return blocks
}
