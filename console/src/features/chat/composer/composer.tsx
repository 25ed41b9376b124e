import { CloseOutlined } from '@ant-design/icons'
import { Button, Input, Segmented } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type Ref, useState } from 'react'
import type { Output } from '../../../api/types'
import { pastedFiles, UploadStrip } from '../../../kit/upload-strip'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { useCanned } from '../api/reads'
import { ArticlePicker } from './article-picker'
import { BillButton } from './bill-button'
import { CannedButton, CannedList } from './canned-list'
import { MentionList, usePeople } from './mention-list'
import { mentionOf, slashOf, withMention } from './slash'
import { useChoosing } from './use-choosing'
import { useSending } from './use-sending'
import { WindowMeter } from './window-meter'
import { composerWords } from './words'

export type Audience = 'all' | 'note' | 'whisper'

interface ComposerProps {
  readonly data: Output<'chatDesk.get'>
  /** Null until somebody has chosen. */
  readonly audience: Audience | null
  readonly onAudience: (audience: Audience) => void
  readonly field: Ref<TextAreaRef>
}

const textMax = 1000

/** Who may write to whom: an answer only by whose conversation it is, a whisper only by a supervisor to another. */
const audiencesFor = (may: readonly string[]): readonly Audience[] => [
  ...(may.includes('send') ? (['all'] as const) : []),
  'note',
  ...(may.includes('whisper') ? (['whisper'] as const) : []),
]

/** Writes to the resident, to colleagues, or to the agent; the colour says which. Drafts stay with each. */
export function Composer({ data, audience: wanted, onAudience, field }: ComposerProps) {
  const words = useWords(composerWords)
  const audiences = audiencesFor(data.may)
  const audience = audiences.find((one) => one === wanted) ?? audiences[0] ?? 'note'
  return (
    <section className={`composer composer-${audience}`} aria-label={words[audience]}>
      <div className="composer-head">
        <Segmented
          size="small"
          options={audiences.map((value) => ({ value, label: words[value] }))}
          value={audience}
          onChange={onAudience}
        />
        <span className="grow" />
        {audience === 'all' ? <WindowMeter of={data.conversation} /> : null}
      </div>
      <Writing key={audience} data={data} audience={audience} field={field} />
    </section>
  )
}

interface WritingProps extends Omit<ComposerProps, 'audience' | 'onAudience'> {
  readonly audience: Audience
}

function Writing({ data, audience, field }: WritingProps) {
  const words = useWords(composerWords)
  const { conversation } = data
  const sending = useSending(conversation, audience)
  const { text, change, uploads, submit } = sending
  const [caret, setCaret] = useState(0)
  const slash = audience === 'all' ? slashOf(text) : null
  const mention = audience === 'note' ? mentionOf(text, caret) : null
  const choosing = useChoosing(slash ?? mention)
  const canned = useCanned(
    slash === null ? null : { conversationId: conversation.id, ...(slash !== '' && { q: slash }) },
  )
  const people = usePeople(conversation.companyId, mention)
  const pick = (at: number): void => {
    const one = canned.data?.items[at]
    const person = people.found[at]
    if (slash !== null && one?.missing.length === 0) sending.fill(one)
    if (mention !== null && person) change(withMention(text, caret, person.name).text)
  }
  const count = slash !== null ? (canned.data?.items.length ?? 0) : people.found.length
  return (
    <>
      {choosing.closed || slash === null ? null : (
        <CannedList query={canned} at={choosing.at} onPick={pick} />
      )}
      {choosing.closed || mention === null ? null : (
        <MentionList people={people} at={choosing.at} onPick={pick} />
      )}
      <Input.TextArea
        ref={field}
        aria-label={words[audience]}
        variant="borderless"
        autoSize={{ minRows: 2, maxRows: 8 }}
        placeholder={{ all: words.hint, note: words.noteHint, whisper: words.whisperHint }[audience]}
        value={text}
        onChange={(event) => {
          setCaret(event.target.selectionStart)
          change(event.target.value)
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onPaste={(event) => uploads.add(pastedFiles(event))}
        onKeyDown={(event) => {
          // A word that is still being put together ends with Enter, too.
          if (event.nativeEvent.isComposing) return
          if (choosing.onKey(event.key, count, pick)) return event.preventDefault()
          if (event.key === 'Escape') event.currentTarget.blur()
          if (event.key !== 'Enter' || event.shiftKey || event.altKey) return
          event.preventDefault()
          submit()
        }}
      />
      <Attached of={sending} />
      <Foot conversation={conversation} audience={audience} sending={sending} />
    </>
  )
}

interface FootProps {
  readonly conversation: Output<'chatDesk.get'>['conversation']
  readonly audience: Audience
  readonly sending: ReturnType<typeof useSending>
}

/** What can be sent beside words, and the button. */
function Foot({ conversation, audience, sending }: FootProps) {
  const words = useWords(composerWords)
  const { uploads } = sending
  const over = sending.text.trim().length - textMax
  return (
    <div className="composer-foot">
      {audience === 'whisper' ? null : <UploadStrip uploads={uploads} />}
      {audience === 'all' ? (
        <>
          <BillButton conversation={conversation} onCard={sending.card} />
          <ArticlePicker companyId={conversation.companyId} onCard={sending.card} onText={sending.insert} />
          <CannedButton onOpen={() => sending.change('/')} />
        </>
      ) : null}
      <span className="grow" />
      {over > 0 ? <span className="tone-bad small">{words.tooLong(over)}</span> : null}
      {uploads.busy ? <span className="quiet">{words.waitPictures}</span> : null}
      <Button type="primary" disabled={!sending.ready} onClick={sending.submit}>
        {{ all: words.send, note: words.sendNote, whisper: words.sendWhisper }[audience]}
      </Button>
    </div>
  )
}

/** The picture that a ready answer brings along. */
function Attached({ of: { attached, detach } }: { readonly of: ReturnType<typeof useSending> }) {
  const words = useWords(composerWords)
  const kit = useWords(kitWords)
  if (attached === null) return null
  return (
    <figure className="upload">
      <img src={attached.thumbUrl ?? attached.url} alt={words.image} />
      <Button
        size="small"
        type="text"
        className="upload-remove"
        icon={<CloseOutlined aria-hidden />}
        aria-label={`${kit.remove} ${words.image}`}
        onClick={detach}
      />
    </figure>
  )
}
