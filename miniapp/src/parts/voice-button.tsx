import { View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import { record } from '../platform/record'
import type { Picked, Recording } from '../platform/types'
import { useSecond } from '../state/second'
import { useSession } from '../state/session'
import { classes, fail, Icon, succeed } from '../ui'
import { focusable } from '../ui/focusable'
import { words } from '../words'
import { askConsent } from './ask-consent'

const mostSeconds = 60
/** Recorders stop a little late, and what is longer than a minute is refused. */
const mostMs = 59_500

interface VoiceButtonProps {
  /** Whoever records at work is not asked as a resident. */
  atWork?: boolean
  onRecorded(file: Picked): void
}

/** One tap begins, another ends; leaving the page ends it too. A resident has allowed it before the microphone is asked for. */
export function VoiceButton({ atWork = false, onRecorded }: VoiceButtonProps) {
  const [startedAt, setStartedAt] = useState<number | null>(null)
  const recording = useRef<Recording | null>(null)
  const nowMs = useSecond(startedAt !== null)
  useEffect(() => () => recording.current?.stop(), [])
  const guest = useSession((session) => session.guest)
  // Whoever only visits by a code keeps no consents, and may write instead.
  if (!record.available || guest) return null

  const begin = async () => {
    try {
      if (!atWork && !(await askConsent('voice'))) return
    } catch (error) {
      return fail(error)
    }
    try {
      recording.current = await record.start(mostMs)
      setStartedAt(Date.now())
      const file = await recording.current.done
      if (file !== null) onRecorded(file)
    } catch {
      succeed(words.files.noMicrophone)
    }
    recording.current = null
    setStartedAt(null)
  }
  const left = startedAt === null ? 0 : Math.max(0, mostSeconds - Math.floor((nowMs - startedAt) / 1000))
  return (
    <View
      id="add-voice"
      className={classes('file-tile', 'file-add', startedAt !== null && 'recording')}
      role="button"
      hoverClass="row-pressed"
      {...focusable}
      onClick={() => {
        if (startedAt === null) void begin()
        else recording.current?.stop()
      }}
    >
      <Icon name={startedAt === null ? 'voice' : 'check'} />
      <View>{startedAt === null ? words.files.addVoice : words.files.stopRecording}</View>
      {startedAt === null ? null : <View className="t-3">{words.files.recording(left)}</View>}
    </View>
  )
}
