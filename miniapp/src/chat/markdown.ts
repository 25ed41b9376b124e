/** One piece of a line: plain words, strong ones, or a link. */
export interface Span {
  readonly text: string
  readonly strong: boolean
  /** One of our own pages, or an https address. */
  readonly link: string | null
}
export interface Block {
  readonly kind: 'heading' | 'words' | 'point' | 'step'
  /** The number of a step, as it is written. */
  readonly number: string | null
  readonly spans: readonly Span[]
}

const heading = /^#{1,6}\s+(.*)$/
const point = /^\s*[-*+]\s+(.*)$/
const step = /^\s*(\d{1,3})(?:[.)]\s+|、\s*)(.*)$/
const piece = /\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g

/** Only what the server promises of an article: headings, lists, strong words, links. Everything else is words. */
export function blocksOf(body: string): Block[] {
  const blocks: Block[] = []
  let isOpen = false
  for (const line of body.split(/\r?\n/)) {
    const block = blockOf(line)
    const last = blocks[blocks.length - 1]
    // Lines that follow each other are one paragraph; an empty one ends it.
    if (block?.kind === 'words' && isOpen && last)
      blocks[blocks.length - 1] = { ...last, spans: [...last.spans, ...block.spans] }
    else if (block) blocks.push(block)
    isOpen = block?.kind === 'words'
  }
  return blocks
}

function blockOf(line: string): Block | null {
  if (line.trim() === '') return null
  const [, title] = heading.exec(line) ?? []
  if (title !== undefined) return { kind: 'heading', number: null, spans: spansOf(title) }
  const [, item] = point.exec(line) ?? []
  if (item !== undefined) return { kind: 'point', number: null, spans: spansOf(item) }
  const [, number, what] = step.exec(line) ?? []
  if (number !== undefined && what !== undefined) return { kind: 'step', number, spans: spansOf(what) }
  return { kind: 'words', number: null, spans: spansOf(line.trim()) }
}

function spansOf(text: string): Span[] {
  const spans: Span[] = []
  const plain = (words: string): void => {
    if (words !== '') spans.push({ text: words, strong: false, link: null })
  }
  let at = 0
  for (let found = piece.exec(text); found !== null; found = piece.exec(text)) {
    plain(text.slice(at, found.index))
    const [whole, strong, label, link] = found
    at = found.index + whole.length
    if (strong !== undefined) spans.push({ text: strong, strong: true, link: null })
    else if (label !== undefined && link !== undefined) spans.push(linkSpan(label, link))
  }
  plain(text.slice(at))
  return spans
}

/** An address of any other kind is not followed, so it is only words. */
const linkSpan = (text: string, link: string): Span => ({
  text,
  strong: false,
  link: /^(\/[^/]|https:\/\/)/.test(link) ? link : null,
})
