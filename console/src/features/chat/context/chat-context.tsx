import { Loaded } from '../../../kit/loaded'
import type { Conversation } from '../../../kit/line/frames'
import { useLine } from '../../../kit/line/line-context'
import { useMay, useMe } from '../../../kit/me-context'
import { useSay } from '../../../kit/use-done'
import { useWords } from '../../../words/language'
import { keepConversation, useSetHousehold } from '../api/acts'
import { useContextOf, useConversation } from '../api/reads'
import type { CardRef } from '../composer/use-sending'
import { ContextPane } from './context-pane'
import { Notes } from './notes'
import { contextWords } from './words'

/** The resident beside the conversation. */
export function ChatContextPane({ conversationId }: { readonly conversationId: string }) {
  const words = useWords(contextWords)
  const context = useContextOf(conversationId)
  const doors = useDoors(conversationId, useConversation(conversationId).data?.conversation)
  return (
    <Loaded query={context} rows={14}>
      {(data) => (
        <ContextPane
          context={data}
          nobody={words.nobody}
          current={conversationId}
          {...doors}
          notes={data.resident === null ? null : <Notes conversationId={conversationId} notes={data.notes} />}
        />
      )}
    </Loaded>
  )
}

/** Cards go only into a conversation that is mine, and only there may be said which home it is about. */
function useDoors(conversationId: string, conversation: Conversation | undefined) {
  const words = useWords(contextWords)
  const me = useMe()
  const may = useMay()
  const line = useLine()
  const { done, failed } = useSay()
  const about = useSetHousehold()
  const mine = conversation?.state === 'active' && conversation.assignee?.id === me.id
  const onCard = ({ type, id }: CardRef): void =>
    line.send({ conversationId, content: { kind: 'card', type, id }, audience: 'all' })
  const onAbout = (householdId: string): void =>
    about.mutate(
      { conversationId, householdId },
      {
        onError: failed,
        onSuccess: (answer) => {
          keepConversation(answer.conversation)
          done(words.aboutDone)
        },
      },
    )
  return {
    onCard: mine ? onCard : null,
    onAbout: mine && may('chatDesk.setHousehold') ? onAbout : null,
  }
}
