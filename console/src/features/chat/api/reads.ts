import { useRead } from '../../../api/query'
import type { Input } from '../../../api/types'
import { useLineState } from '../../../kit/line/line-context'

/** Live news make a list old at once; asking is only the net below, and closer where there are no news. */
const useNetMs = (): number => (useLineState() === 'open' ? 30_000 : 5_000)

export const useConversations = (input: Input<'chatDesk.list'>) =>
  useRead('chatDesk.list', input, { refetchMs: useNetMs(), keepOld: true })

export const useConversation = (conversationId: string) =>
  useRead('chatDesk.get', { conversationId }, { refetchMs: useNetMs() })

export const useContextOf = (conversationId: string) =>
  useRead('chatDesk.context', { conversationId }, { refetchMs: 60_000 })

export const useFound = (conversationId: string, q: string) =>
  useRead('chatDesk.find', q.trim() === '' ? null : { conversationId, q: q.trim() })

export const useCanned = (input: Input<'chatDesk.canned'> | null) => useRead('chatDesk.canned', input)

export const useSeat = (may: boolean) => useRead('seats.me', may ? {} : null, { refetchMs: useNetMs() })

export const useColleagues = (companyId: string | null) =>
  useRead('seats.colleagues', companyId === null ? null : { companyId })

export const useArticles = (companyId: string, q: string) =>
  useRead('knowledge.find', q.trim() === '' ? null : { companyId, q: q.trim() })

/** What can be reported to a company. */
export const useTypes = (companyId: string) => useRead('catalogue.read', { companyId })
