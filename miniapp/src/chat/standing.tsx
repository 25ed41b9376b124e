import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { clockOf } from '../format'
import { go } from '../routes'
import { useNow } from '../state/now'
import { Button, confirm, Icon, usePress } from '../ui'
import { focusable } from '../ui/focusable'
import type { LineState } from './line'
import type { Conversation } from './types'
import type { Typing } from './use-line'
import { said } from './words'
import { written } from '../format-words'

interface StandingProps {
  conversation: Conversation
  lineState: LineState
  typing: Typing | null
  toPerson: { busy: boolean; press(): void }
  onLeaveWords(): void
  onClose(): Promise<void>
  onMenu(): void
}

/** Who answers now, and the way to a person, always at the same place. */
export function Standing(props: StandingProps) {
  const { conversation, lineState, onMenu } = props
  return (
    <View className="standing" id="standing" aria-live="polite">
      <View className="between">
        <View className="grow">
          <Who {...props} />
          {lineState === 'lost' ? <View className="t-3">{said.talk.offline}</View> : null}
        </View>
        <Next {...props} />
        <View className="standing-menu" id="chat-menu" role="button" {...focusable} onClick={onMenu}>
          {said.talk.menu}
        </View>
      </View>
      {conversation.request ? <Became request={conversation.request} /> : null}
    </View>
  )
}

function Who({ conversation, typing }: StandingProps) {
  const nowMs = useNow()
  const { state, agentName, idleClosesAt, hours, mayLeaveWords } = conversation
  if (state === 'closed') return <Line title={said.talk.closed} />
  if (state === 'waiting') return <Place conversation={conversation} />
  if (state === 'bot')
    return mayLeaveWords ? (
      <Line title={said.talk.nobody} note={said.talk.hours(hours.words)} />
    ) : (
      <Line title={said.talk.bot} note={typing ? said.talk.typing(typing.name) : null} />
    )
  const title = agentName === null ? said.talk.agentNameless : said.talk.agent(agentName)
  const idle = idleClosesAt === null ? null : said.talk.idle(clockOf(idleClosesAt, nowMs))
  return <Line title={title} note={typing ? said.talk.typing(typing.name) : idle} />
}

function Place({ conversation: { position, estimateMinutes } }: { conversation: Conversation }) {
  return (
    <Line
      title={position === null ? said.talk.waitingUnknown : said.talk.waiting(position)}
      note={estimateMinutes === null ? null : said.talk.estimate(estimateMinutes)}
    />
  )
}

const Line = ({ title, note }: { title: string; note?: string | null }) => (
  <>
    <View className="standing-title">{title}</View>
    {note ? <View className="t-3">{note}</View> : null}
  </>
)

/** The one next step. */
function Next({ conversation, toPerson, onLeaveWords, onClose }: StandingProps): ReactNode {
  const stop = usePress(async () => {
    const { stopWaiting, stopWaitingText } = said.talk
    if (await confirm(written.asked(stopWaiting), stopWaitingText, stopWaiting)) await onClose()
  })
  const { state, mayLeaveWords } = conversation
  if (state === 'waiting')
    return (
      <>
        <Button small kind="plain" id="stop-waiting" busy={stop.busy} onClick={stop.press}>
          {said.talk.stopWaiting}
        </Button>
        <Button small kind="soft" id="leave-words" onClick={onLeaveWords}>
          {said.talk.leaveWords}
        </Button>
      </>
    )
  if (state !== 'bot') return null
  return (
    <>
      {mayLeaveWords ? (
        <Button small id="leave-words" onClick={onLeaveWords}>
          {said.talk.leaveWords}
        </Button>
      ) : null}
      <Button
        small
        kind={mayLeaveWords ? 'plain' : 'main'}
        id="to-person"
        busy={toPerson.busy}
        onClick={toPerson.press}
      >
        {said.talk.toPerson}
      </Button>
    </>
  )
}

const Became = ({ request }: { request: NonNullable<Conversation['request']> }) => (
  <View
    className="standing-request"
    id="chat-request"
    role="button"
    {...focusable}
    onClick={() => go('request', { id: request.id })}
  >
    <View className="grow">{said.talk.request(request.number)}</View>
    {said.talk.seeRequest}
    <Icon name="right" />
  </View>
)
