import { View } from '@tarojs/components'
import { useEffect } from 'react'
import { read, write } from '../../api/client'
import type { Message, Output } from '../../api/types'
import { messageTitle } from '../../by-code'
import { moment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { Paged, usePullToReload } from '../../parts/paged'
import { go, goToPage } from '../../routes'
import { useNow } from '../../state/now'
import { usePagesOf } from '../../state/pages-of'
import { setUnread } from '../../state/unread'
import { Card, Empty, Fact, Icon, Page, Row, Tag } from '../../ui'
import { words } from '../../words'

const bones = [220, 220, 220] as const

export default function MessagesPage() {
  usePortalLoaded()
  return (
    <Page title={words.messages.title}>
      <Gate bones={bones}>
        {() => (
          <>
            <Card list>
              <Row
                id="message-settings"
                lead={<Icon name="bell" />}
                title={words.messages.settings}
                note={words.messages.settingsText}
                onClick={() => go('messageSettings')}
              />
            </Card>
            <Messages />
          </>
        )}
      </Gate>
    </Page>
  )
}

function Messages() {
  const pages = usePagesOf<Output<'messages.list'>>(
    'messages',
    (cursor) => read('messages.list', cursor ? { cursor } : {}),
    {
      cache: 'messages',
      onShow: true,
    },
  )
  usePullToReload(pages.reload)
  const newest = pages.items[0]
  const newestUnread = newest && newest.readAt === null ? newest.id : null
  useEffect(() => {
    if (newestUnread === null) return
    write('messages.markRead', { upToMessageId: newestUnread }).then(
      () => setUnread(0),
      () => {
        // They stay unread until the next visit, which does no harm.
      },
    )
  }, [newestUnread])
  return (
    <Paged
      pages={pages}
      bones={bones}
      empty={<Empty icon="message" title={words.messages.empty} text={words.messages.emptyText} />}
    >
      {pages.items.map((message) => (
        <MessageCard key={message.id} message={message} />
      ))}
    </Paged>
  )
}

function MessageCard({ message }: { message: Message }) {
  const { page } = message
  const nowMs = useNow()
  return (
    <Card {...(page === null ? {} : { onClick: () => goToPage(page) })}>
      <View className="between">
        <View className="t-title grow">{messageTitle(message.kind, message.title)}</View>
        {message.readAt === null ? <Tag text={words.messages.unread} tone="accent" /> : null}
      </View>
      <View className="t-3">{moment(message.createdAt, nowMs)}</View>
      <View className="rule" />
      {message.fields.map((field) => (
        <Fact key={field.label} label={field.label} value={field.value} />
      ))}
      {page === null ? null : <View className="t-accent">{words.messages.look}</View>}
    </Card>
  )
}
