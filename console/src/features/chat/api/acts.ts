import { queryClient, useAct } from '../../../api/query'
import type { Output } from '../../../api/types'
import type { Conversation } from '../../../kit/line/frames'

const lists = ['chatDesk.list', 'chatDesk.get', 'seats.me'] as const

export const useTake = () => useAct('chatDesk.take', lists)
export const useTransfer = () => useAct('chatDesk.transfer', lists)
export const useClose = () => useAct('chatDesk.close', lists)
export const useRecall = () => useAct('chatDesk.recall')
export const useSetHousehold = () => useAct('chatDesk.setHousehold', ['chatDesk.get', 'chatDesk.context'])
export const useMakeRequest = () => useAct('chatDesk.makeRequest', ['chatDesk.get', 'chatDesk.context'])
export const useSaveNote = () => useAct('chatDesk.saveNote', ['chatDesk.context'])
export const useSaveCanned = () => useAct('chatDesk.saveCanned', ['chatDesk.canned'])
export const useSetSeat = () => useAct('seats.set', ['seats.me', 'seats.colleagues', 'chatDesk.list'])
export const usePick = () => useAct('chatReview.pick', ['chatReview.list'])

/** How far each side has read, which alone makes no new version of a conversation. */
export function keepReads(id: string, reads: Pick<Conversation, 'residentReadSeq' | 'staffReadSeq'>): void {
  queryClient.setQueryData<Output<'chatDesk.get'>>(
    ['chatDesk.get', { conversationId: id }],
    (before) => before && { ...before, conversation: { ...before.conversation, ...reads } },
  )
}

/** A conversation as it is now, put wherever this page shows it. */
export function keepConversation(conversation: Conversation): void {
  const { id } = conversation
  queryClient.setQueryData<Output<'chatDesk.get'>>(['chatDesk.get', { conversationId: id }], (before) => {
    // What may be done depends on how it stands.
    if (before && before.conversation.version !== conversation.version)
      void queryClient.invalidateQueries({ queryKey: ['chatDesk.get', { conversationId: id }] })
    return before && { ...before, conversation }
  })
  queryClient.setQueriesData<Output<'chatDesk.list'>>(
    { queryKey: ['chatDesk.list'] },
    (before) =>
      before && { ...before, items: before.items.map((one) => (one.id === id ? conversation : one)) },
  )
}
