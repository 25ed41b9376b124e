import { useAct, useRead } from '../../api/query'
import type { Input } from '../../api/types'
import { useLineState } from '../../kit/line/line-context'

const lists = ['calls.list', 'calls.get', 'calls.mine'] as const

/** A call that rings is told over the line; asking is the net below. */
export function useMyCall(may: boolean) {
  const isOpen = useLineState() === 'open'
  return useRead('calls.mine', may ? {} : null, { refetchMs: isOpen ? 15_000 : 3_000 })
}

export const useCalls = (input: Input<'calls.list'>) =>
  useRead('calls.list', input, { refetchMs: 15_000, keepOld: true })

export const useCall = (callId: string | null) =>
  useRead('calls.get', callId === null ? null : { callId }, {
    // As long as somebody is on the line.
    refetchMs: (data) => (data === undefined || data.call.endedAt === null ? 3_000 : false),
  })

export const useSetExtension = () => useAct('calls.setExtension', ['calls.mine'])
export const useTakeBack = () => useAct('calls.takeBack', lists)
export const useEndBack = () => useAct('calls.endBack', lists)
export const useLinkRequest = () => useAct('calls.linkRequest', lists)
