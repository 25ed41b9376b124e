import { queryClient, useAct, useRead } from '../../../api/query'
import type { Output } from '../../../api/types'

export const useHelpList = () => useRead('help.list', {})

export const useHelpThread = (requestId: string) => useRead('help.read', { requestId })

export const useAnswerHelp = () => useAct('help.answer', ['help.list'])

/** The answer of an answer is the whole thread. */
export const keepThread = (requestId: string, thread: Output<'help.read'>): void => {
  queryClient.setQueryData(['help.read', { requestId }], thread)
}
