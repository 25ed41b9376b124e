import { Textarea, View } from '@tarojs/components'
import { useState } from 'react'
import { VoiceButton } from '../parts/voice-button'
import type { Picked } from '../platform/types'
import { upload } from '../platform/upload'
import { Button, fail, Icon, succeed } from '../ui'
import { focusable } from '../ui/focusable'
import { said } from './words'

interface ComposerProps {
  onText(text: string): void
  onFile(file: Picked): Promise<void>
  onType(): void
  /** It takes more room now. */
  onGrow(): void
}

const longest = 1000
const mostPhotosAtOnce = 3
const mostImageBytes = 6 * 1024 * 1024

/** Words, photos, a voice note. */
export function Composer({ onText, onFile, onType, onGrow }: ComposerProps) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const send = () => {
    const words = text.trim()
    if (words === '') return
    setText('')
    onText(words)
  }
  const give = (files: readonly Picked[]) => {
    setOpen(false)
    const fitting = files.filter(({ kind, bytes }) => kind !== 'image' || bytes <= mostImageBytes)
    if (fitting.length < files.length) succeed(said.talk.tooLarge)
    Promise.all(fitting.map(onFile)).catch(fail)
  }
  return (
    <View className="composer">
      <View className="composer-line">
        <View
          id="chat-more"
          className="composer-more"
          role="button"
          ariaLabel={open ? said.talk.less : said.talk.more}
          {...focusable}
          onClick={() => {
            setOpen(!open)
            if (!open) onGrow()
          }}
        >
          <Icon name={open ? 'close' : 'plus'} />
        </View>
        <Textarea
          id="chat-words"
          className="composer-words"
          value={text}
          autoHeight
          fixed
          maxlength={longest}
          showConfirmBar={false}
          disableDefaultPadding
          cursorSpacing={24}
          placeholder={said.talk.hint}
          placeholderClass="field-hint"
          ariaLabel={said.talk.hint}
          onInput={(event) => {
            setText(event.detail.value)
            onType()
          }}
        />
        <Button small id="chat-send" disabled={text.trim() === ''} onClick={send}>
          {said.talk.send}
        </Button>
      </View>
      {open ? <Files onFiles={give} /> : null}
    </View>
  )
}

const Files = ({ onFiles }: { onFiles(files: readonly Picked[]): void }) => (
  <View className="files composer-files">
    <View
      id="chat-photo"
      className="file-tile file-add"
      role="button"
      hoverClass="row-pressed"
      {...focusable}
      onClick={() => {
        upload.pickImages(mostPhotosAtOnce).then(onFiles, fail)
      }}
    >
      <Icon name="image" />
      <View>{said.talk.photo}</View>
    </View>
    <VoiceButton onRecorded={(file) => onFiles([file])} />
  </View>
)
