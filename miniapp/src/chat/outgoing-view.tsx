import { View } from '@tarojs/components'
import { Photo } from '../platform/photo'
import { keep } from '../platform/keep'
import { useEffect, useState } from 'react'
import { Icon } from '../ui'
import { focusable } from '../ui/focusable'
import { held } from '../ui/hold'
import { percent } from '../upload/plan'
import type { Attachment } from '../upload/queue'
import { words } from '../words'
import type { Outgoing } from './outbox'
import type { SenderState } from './sender'
import { said } from './words'

function stateWords({ draft, refused }: Outgoing, state: SenderState): string {
  if (refused !== null) return said.talk.notSent(refused)
  if (state === 'waiting') return said.talk.waitingToSend
  return draft.kind === 'file' ? said.talk.sendingFile(percent(draft.file.upload)) : said.talk.sending
}

interface OutgoingProps {
  outgoing: Outgoing
  state: SenderState
  onRetry(outgoing: Outgoing): void
  onHold(outgoing: Outgoing): void
}

/** A message that the server does not have yet, where it will stand. */
export function OutgoingView({ outgoing, state, onRetry, onHold }: OutgoingProps) {
  const { draft, refused, clientId } = outgoing
  const stands = refused !== null || state === 'waiting'
  return (
    <View className="msg" id={`out-${clientId}`}>
      <View className="msg-side mine">
        <View className="sr">{said.talk.me}</View>
        <View
          className={draft.kind === 'text' ? 'bubble mine going' : 'bubble bare-bubble going'}
          {...held(() => onHold(outgoing))}
        >
          {draft.kind === 'text' ? (
            <View className="said">{draft.text}</View>
          ) : (
            <FileOnItsWay file={draft.file} />
          )}
        </View>
        <View
          className={stands ? 'msg-failed' : 't-3'}
          {...(stands ? { role: 'button', ...focusable, onClick: () => onRetry(outgoing) } : {})}
        >
          {stateWords(outgoing, state)}
        </View>
      </View>
    </View>
  )
}

/** The phone's own file, awake again where the app was closed meanwhile. */
function FileOnItsWay({ file }: { file: Attachment }) {
  const [path, setPath] = useState<string | null>(null)
  const { kind } = file
  useEffect(() => {
    if (kind !== 'image') return
    keep.wake(file.path).then(
      () => setPath(keep.shown(file.path)),
      () => setPath(null),
    )
  }, [kind, file.path])
  if (kind === 'voice')
    return (
      <View className="file-line">
        <Icon name="voice" />
        {words.files.voice(Math.round((file.durationMs ?? 0) / 1000))}
      </View>
    )
  if (path === null) return <View className="file-tile file-plain" />
  return <Photo className="file-tile" src={path} label={words.files.image} />
}
