import { AudioOutlined, FileImageOutlined, WarningFilled } from '@ant-design/icons'
import { Image } from 'antd'
import { Link } from 'react-router'
import type { Output } from '../../../api/types'
import type { ChatMessage } from '../../../kit/line/frames'
import { useMay } from '../../../kit/me-context'
import { timeOf } from '../../../kit/format'
import { useWords } from '../../../words/language'
import { chatWords } from '../words'

type Content = ChatMessage['content']
export type Card = Extract<Content, { kind: 'card' }>['card']
type FileView = Extract<Content, { kind: 'image' }>['file']

interface BodyProps {
  readonly content: Content
  /** An address of a file lives for minutes only: when it is over, the message is asked for anew. */
  readonly onStale: () => void
}

/** What a message holds. */
export function MessageBody({ content, onStale }: BodyProps) {
  const words = useWords(chatWords)
  switch (content.kind) {
    case 'text':
      return <p className="said">{content.text}</p>
    case 'image':
      return <Picture file={content.file} onStale={onStale} />
    case 'voice':
      return (
        <>
          <Voice file={content.file} onStale={onStale} />
          {content.words === null ? null : <p className="said">{words.understood(content.words)}</p>}
        </>
      )
    case 'card':
      return (
        <>
          {content.text === null ? null : <p className="said">{content.text}</p>}
          <CardView card={content.card} />
        </>
      )
    case 'answers':
      return <Answers content={content} />
    case 'event':
      return <span>{content.text}</span>
    case 'recalled':
      return <span className="quiet">{words.recalled}</span>
    case 'gone':
      return <span className="quiet">{words.goneWords}</span>
  }
}

interface FileProps {
  readonly file: FileView
  readonly onStale: () => void
}

function Picture({ file, onStale }: FileProps) {
  const words = useWords(chatWords)
  if (file.gone)
    return (
      <span className="quiet">
        <FileImageOutlined aria-hidden /> {words.goneFile}
      </span>
    )
  return (
    <>
      <Image
        className={file.hidden ? 'photo held' : 'photo'}
        src={file.thumbUrl ?? file.url}
        preview={{ src: file.url }}
        alt={words.picture}
        height={140}
        width={file.width !== null && file.height !== null ? widthFor(file.width, file.height) : 140}
        onError={onStale}
      />
      {file.hidden ? <div className="tone-warn small">{words.held}</div> : null}
    </>
  )
}

/** As wide as its shape asks at a height of 140, within what a conversation has room for. */
const widthFor = (width: number, height: number): number =>
  Math.round(Math.min(280, Math.max(90, (width / Math.max(1, height)) * 140)))

function Voice({ file, onStale }: FileProps) {
  const words = useWords(chatWords)
  const name = file.durationMs === null ? words.voiceUnknown : words.voice(Math.round(file.durationMs / 1000))
  if (file.gone) return <span className="quiet">{words.goneFile}</span>
  return (
    <span className="voice">
      <AudioOutlined aria-hidden /> <span className="num">{name}</span>
      {/* Residents' recordings have no captions, and nobody but the agent listens to them. */}
      <audio controls preload="none" src={file.url} aria-label={name} onError={onStale} />
    </span>
  )
}

/** Something of ours; people at work go to their own page of it. */
export function CardView({ card }: { readonly card: Card }) {
  const words = useWords(chatWords)
  if (card.gone) return <div className="chat-card quiet">{words.cardGone}</div>
  return (
    <div className="chat-card">
      {card.photoUrl === null ? null : <img className="card-face" src={card.photoUrl} alt="" />}
      <b>{card.title}</b>
      {card.line === '' ? null : <div>{card.line}</div>}
      {card.lines.map(({ label, value }) => (
        <div key={label} className="quiet">
          {label} <span className="num">{value}</span>
        </div>
      ))}
      {card.phone === null ? null : <div className="num">{card.phone}</div>}
      <div className="quiet">
        {card.asOf === null ? null : words.asOf(timeOf(card.asOf))} <CardLink card={card} />
      </div>
    </div>
  )
}

function CardLink({ card }: { readonly card: Card }) {
  const words = useWords(chatWords)
  const may = useMay()
  const doors: Partial<Record<Card['type'], readonly [boolean, string, string]>> = {
    request: [may('desk.get'), `/requests/${card.id}`, words.openRequest],
    visit: [may('desk.get'), `/requests/${card.id}`, words.openRequest],
    notice: [may('notices.deskGet'), `/notices/${card.id}`, words.openNotice],
    article: [may('knowledge.get'), `/knowledge/${card.id}`, words.openArticle],
  }
  const [open, to, name] = doors[card.type] ?? [false, '', '']
  return open ? <Link to={to}>{name}</Link> : null
}

function Answers({ content }: { readonly content: Extract<Content, { kind: 'answers' }> }) {
  const words = useWords(chatWords)
  const { text, items, cards, danger } = content
  return (
    <>
      {danger === null ? null : <Danger danger={danger} />}
      {/* The steps stand above already; the same in one sentence is for channels that carry nothing else. */}
      {text === '' || danger !== null ? null : <p className="said">{text}</p>}
      {items.length === 0 ? null : (
        <ul className="answers" aria-label={words.answers}>
          {items.map(({ articleId, title, excerpt }) => (
            <li key={articleId}>
              <b>{title}</b>
              <div className="quiet">{excerpt}</div>
            </li>
          ))}
        </ul>
      )}
      {cards.map((card) => (
        <CardView key={`${card.type}-${card.id}`} card={card} />
      ))}
    </>
  )
}

type DangerOf = NonNullable<
  Extract<Output<'chatDesk.messages'>['items'][number]['content'], { kind: 'answers' }>['danger']
>

function Danger({ danger }: { readonly danger: DangerOf }) {
  const words = useWords(chatWords)
  return (
    <div className="chat-danger">
      <b>
        <WarningFilled aria-hidden /> {words.danger} · {danger.title}
      </b>
      <ol>
        {danger.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <span className="num">{words.call(danger.phone)}</span>
    </div>
  )
}
