import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { moment } from '../../format'
import { replace } from '../../routes'
import { useNow } from '../../state/now'
import { Bones, Button, fail, Failed, Page, StaleBanner, usePress } from '../../ui'
import { write } from '../../api/client'
import { focusable } from '../../ui/focusable'
import { ArticleSheet } from '../article-sheet'
import { Composer } from '../composer'
import { outgoing, sendFile, sendText } from '../outgoing'
import type { Outgoing } from '../outbox'
import { RateCard } from '../rate-card'
import { ActsSheet, LeaveWordsSheet, MenuSheet, TopicsSheet } from '../sheets'
import { Standing } from '../standing'
import { TalkList } from '../talk-list'
import type { ChatMessage } from '../types'
import { useOutgoing } from '../use-outgoing'
import { type Source, type TalkView, useTalk } from '../use-talk'
import { said } from '../words'
import '../chat.scss'

const bones = [96, 160, 120, 160] as const

const aboutTypes = ['bill', 'request', 'notice'] as const

function sourceOf(params: Readonly<Record<string, string | undefined>>): Source {
  const type = aboutTypes.find((one) => one === params['about'])
  const id = params['aboutId'] ?? ''
  return {
    conversationId: params['conversationId'] ?? null,
    companyId: params['companyId'] ?? null,
    householdId: params['householdId'] ?? null,
    about: type && id !== '' ? { type, id } : null,
  }
}

/**
 * The chat: the knowledge base answers first, a person when asked for. `?conversationId` of an earlier one, or
 * `?companyId&householdId&about&aboutId` for my open one about something.
 */
export default function TalkPage() {
  const { params } = useRouter()
  const portal = usePortalLoaded()
  const [source] = useState(() => sourceOf(params))
  const brand = portal?.companies.find(({ id }) => id === source.companyId)?.brandColour
  return (
    <Page title={said.talk.title} brand={brand} className="chat-page">
      <Gate bones={bones}>{() => <Talk source={source} />}</Gate>
    </Page>
  )
}

function Talk({ source }: { source: Source }) {
  const view = useTalk(source)
  const { resource, talk, retry } = view
  if (talk === null) {
    if (resource.state === 'failed')
      return <Failed message={resource.message} offline={resource.offline} onRetry={retry} />
    return <Bones heights={bones} />
  }
  return <Open source={source} view={view} talk={talk} />
}

type Held = { message: ChatMessage } | { outgoing: Outgoing }
type Opened =
  | { sheet: 'topics' | 'words' | 'menu' }
  | { sheet: 'article'; articleId: string; title: string }
  | ({ sheet: 'acts' } & Held)

interface OpenProps {
  source: Source
  view: TalkView
  talk: NonNullable<TalkView['talk']>
}

function Open({ source, view, talk }: OpenProps) {
  const { conversation } = talk
  const conversationId = conversation.id
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  const [grown, setGrown] = useState(0)
  const grow = () => setGrown((times) => times + 1)
  const going = useOutgoing(conversationId, talk.messages)
  const call = async (topic?: string) => {
    const answer = await write('chat.toPerson', { conversationId, ...(topic === undefined ? {} : { topic }) })
    view.take(answer.conversation)
  }
  const toPerson = usePress(async () => {
    if (talk.topics.length > 1) return setOpened({ sheet: 'topics' })
    await call(talk.topics[0]?.id)
  })
  const end = async () => {
    view.take((await write('chat.close', { conversationId })).conversation)
  }
  const again = usePress(async () => {
    if (source.conversationId === null) return view.reload()
    await replace('chat', { companyId: conversation.companyId })
  })
  const isOver = conversation.state === 'closed'
  const onArticle = (articleId: string, title: string) => setOpened({ sheet: 'article', articleId, title })
  return (
    <>
      <Old view={view} />
      <Standing
        conversation={conversation}
        lineState={view.lineState}
        typing={view.typing}
        toPerson={toPerson}
        onLeaveWords={() => setOpened({ sheet: 'words' })}
        onClose={end}
        onMenu={() => setOpened({ sheet: 'menu' })}
      />
      <TalkList
        talk={talk}
        outgoing={going}
        head={<Greeting talk={talk} onAsk={(text) => sendText(conversationId, text)} />}
        foot={isOver ? <RateCard conversation={conversation} onRated={view.take} onGrow={grow} /> : null}
        grown={grown}
        older={view.older}
        onArticle={onArticle}
        onHold={(message) => setOpened({ sheet: 'acts', message })}
        onHoldOutgoing={(one) => setOpened({ sheet: 'acts', outgoing: one })}
        onRetry={({ clientId }) => outgoing().retry(clientId, isOver ? null : conversation)}
      />
      {isOver ? (
        <View className="composer">
          <Button id="chat-again" busy={again.busy} onClick={again.press}>
            {said.talk.again}
          </Button>
        </View>
      ) : (
        <Composer
          onText={(text) => sendText(conversationId, text)}
          onFile={(file) => sendFile(conversationId, file)}
          onGrow={grow}
          onType={() => (conversation.state === 'active' ? view.type() : undefined)}
        />
      )}
      <Sheets opened={opened} close={close} talk={talk} view={view} call={call} end={end} />
    </>
  )
}

/** What stands here is from earlier. */
function Old({ view: { resource, lineState, reload } }: { view: TalkView }) {
  if (resource.state !== 'stale' || lineState === 'live') return null
  return <StaleBanner savedAt={resource.savedAt} offline={resource.offline} onRetry={() => void reload()} />
}

/** Before the first word: who this is, and what people ask most. */
function Greeting({ talk, onAsk }: { talk: OpenProps['talk']; onAsk(text: string): void }) {
  const nowMs = useNow()
  const { companyName, state, lastAt } = talk.conversation
  return (
    <View className="msg">
      {talk.messages.length === 0 ? <View className="msg-time">{moment(lastAt, nowMs)}</View> : null}
      <View className="msg-side">
        <View className="t-3">{said.talk.bots}</View>
        <View className="bubble wide">
          <View className="said">{said.talk.greeting(companyName)}</View>
          {talk.quick.length === 0 || state !== 'bot' ? null : (
            <View className="quick" id="quick">
              <View className="t-3">{said.talk.quick}</View>
              {talk.quick.map(({ articleId, title }) => (
                <View
                  key={articleId}
                  className="quick-one"
                  id={`quick-${articleId}`}
                  role="button"
                  hoverClass="row-pressed"
                  {...focusable}
                  onClick={() => onAsk(title)}
                >
                  {title}
                </View>
              ))}
            </View>
          )}
        </View>
      </View>
    </View>
  )
}

interface SheetsProps {
  opened: Opened | null
  close(): void
  talk: OpenProps['talk']
  view: TalkView
  call(topic?: string): Promise<void>
  end(): Promise<void>
}

function Sheets({ opened, close, talk, view, call, end }: SheetsProps) {
  const conversationId = talk.conversation.id
  if (opened === null) return null
  switch (opened.sheet) {
    case 'article':
      return <ArticleSheet articleId={opened.articleId} title={opened.title} onClose={close} />
    case 'topics':
      return (
        <TopicsSheet
          topics={talk.topics}
          onClose={close}
          onPick={(topic) => {
            close()
            call(topic).catch(fail)
          }}
        />
      )
    case 'menu':
      return <MenuSheet conversation={talk.conversation} onClose={close} onEnd={end} />
    case 'words':
      return (
        <LeaveWordsSheet
          onClose={close}
          onSend={async (text) => {
            view.take((await write('chat.leaveWords', { conversationId, words: text })).conversation)
            close()
          }}
        />
      )
    case 'acts':
      return <Acts held={opened} close={close} view={view} conversationId={conversationId} />
  }
}

interface HeldProps {
  held: Held
  close(): void
  view: TalkView
  conversationId: string
}

function Acts({ held, close, view, conversationId }: HeldProps) {
  const nowMs = useNow()
  if ('outgoing' in held) {
    const { clientId, draft } = held.outgoing
    return (
      <ActsSheet
        text={draft.kind === 'text' ? draft.text : null}
        onRecall={null}
        onDrop={() => outgoing().remove(clientId)}
        onClose={close}
      />
    )
  }
  const { id, content, mayRecallUntil } = held.message
  const mayRecall = mayRecallUntil !== null && mayRecallUntil > nowMs
  return (
    <ActsSheet
      text={content.kind === 'text' ? content.text : null}
      onRecall={
        mayRecall
          ? async () => view.takeSent(await write('chat.recall', { conversationId, messageId: id }))
          : null
      }
      onDrop={null}
      onClose={close}
    />
  )
}
