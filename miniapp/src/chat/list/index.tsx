import { View } from '@tarojs/components'
import { read } from '../../api/client'
import { moment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { Paged, usePullToReload } from '../../parts/paged'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { usePagesOf } from '../../state/pages-of'
import { Button, Card, Empty, Foot, Page, Tag } from '../../ui'
import type { Conversation } from '../types'
import { said } from '../words'
import '../chat.scss'

const bones = [160, 160, 160] as const

/** Every conversation I had; the open one goes on. */
export default function ChatsPage() {
  usePortalLoaded()
  return (
    <Page title={said.list.title}>
      <Gate bones={bones}>{() => <Chats />}</Gate>
    </Page>
  )
}

const fetchChats = (cursor: string | undefined) => read('chat.mine', cursor === undefined ? {} : { cursor })

function Chats() {
  const pages = usePagesOf('chats', fetchChats, { cache: 'chats', onShow: true, keptWhenDown: true })
  usePullToReload(pages.reload)
  return (
    <>
      <Paged
        pages={pages}
        bones={bones}
        empty={<Empty icon="message" title={said.list.empty} text={said.list.emptyText} />}
      >
        {pages.items.map((conversation) => (
          <Line key={conversation.id} conversation={conversation} />
        ))}
      </Paged>
      <Foot>
        <Button id="begin-chat" onClick={() => go('chat')}>
          {said.list.begin}
        </Button>
      </Foot>
    </>
  )
}

function Line({ conversation }: { conversation: Conversation }) {
  const nowMs = useNow()
  const { id, companyId, companyName, agentName, state, unread, lastAt, lastWords, mayRate } = conversation
  const open = () => go('chat', state === 'closed' ? { conversationId: id, companyId } : { companyId })
  return (
    <Card id={`chat-${id}`} onClick={open}>
      <View className="between">
        <View className="t-title grow">{agentName === null ? companyName : said.talk.agent(agentName)}</View>
        {unread > 0 ? (
          <Tag text={said.list.unread(unread)} tone="accent" />
        ) : mayRate ? (
          <Tag text={said.list.mayRate} tone="warn" />
        ) : (
          <Tag text={said.list.states[state]} tone={state === 'closed' ? 'plain' : 'ok'} />
        )}
      </View>
      <View className="t-2 one-line">{lastWords}</View>
      <View className="t-3">{moment(lastAt, nowMs)}</View>
    </Card>
  )
}
