import { Fragment } from 'react'
import { blocksOf, type Inline } from './markdown'

/** An article's text as readers see it. */
export function MarkdownView({ text }: { readonly text: string }) {
  return (
    <div className="markdown">
      {blocksOf(text).map((block, index) => {
        const key = `${index}-${block.kind}`
        if (block.kind === 'paragraph')
          return (
            <p key={key}>
              <Parts parts={block.parts} />
            </p>
          )
        if (block.kind === 'heading') {
          const Heading = (['h3', 'h4', 'h5'] as const)[block.level - 2] ?? 'h5'
          return (
            <Heading key={key}>
              <Parts parts={block.parts} />
            </Heading>
          )
        }
        const List = block.ordered ? 'ol' : 'ul'
        return (
          <List key={key}>
            {block.items.map((parts, at) => (
              <li key={`${at}-${key}`}>
                <Parts parts={parts} />
              </li>
            ))}
          </List>
        )
      })}
    </div>
  )
}

function Parts({ parts }: { readonly parts: readonly Inline[] }) {
  return parts.map((part, index) => {
    const key = `${index}-${part.kind}`
    if (part.kind === 'bold') return <b key={key}>{part.text}</b>
    if (part.kind !== 'link') return <Fragment key={key}>{part.text}</Fragment>
    // Residents' own pages are not pages of the console, so they are named and lead nowhere here.
    return part.to.startsWith('/') ? (
      <span key={key} className="own-page" title={part.to}>
        {part.text}
      </span>
    ) : (
      <a key={key} href={part.to} target="_blank" rel="noreferrer noopener">
        {part.text}
      </a>
    )
  })
}
