import { useQueries } from '@tanstack/react-query'
import { read } from '../../api/client'
import { useAct, useRead } from '../../api/query'
import type { Input, Output } from '../../api/types'

export type CodeRow = Output<'codeDesk.list'>['items'][number]
export type CodeOrder = Output<'codeDesk.orders'>['items'][number]
export type PrintForm = Input<'codeDesk.print'>['form']
export type RevokeReason = Input<'codeDesk.revoke'>['why']

/** What an act is about: one household, a place, or a whole company. */
export interface Target {
  readonly companyId: string
  readonly areaId?: string
  readonly householdId?: string
}

const codes = ['codeDesk.list', 'codeDesk.get', 'codeDesk.count'] as const
const orders = ['codeDesk.orders'] as const

export const useCodes = (input: Input<'codeDesk.list'>) => useRead('codeDesk.list', input, { keepOld: true })
export const useCode = (householdId: string) => useRead('codeDesk.get', { householdId })
export const useCount = (target: Target) => useRead('codeDesk.count', { ...target })

/** Asked often as long as one of them is under way. */
export const useOrders = (input: Input<'codeDesk.orders'>) =>
  useRead('codeDesk.orders', input, {
    keepOld: true,
    refetchMs: (data) => (data?.items.some(({ state }) => state === 'running') ? 1_500 : false),
  })

export const useMake = () => useAct('codeDesk.make', [...codes, ...orders])
export const usePrint = () => useAct('codeDesk.print', [...codes, ...orders])
export const useRevoke = () => useAct('codeDesk.revoke', codes)
export const useRevokeArea = () => useAct('codeDesk.revokeArea', codes)
export const useCancelOrder = () => useAct('codeDesk.cancelOrder', orders)
export const useResumeOrder = () => useAct('codeDesk.resumeOrder', orders)
export const useTakeFile = () => useAct('codeDesk.takeFile', orders)

export interface PlaceOption {
  readonly value: string
  readonly label: string
  readonly kind: string
  readonly isLeaf: boolean
  readonly children?: PlaceOption[]
}

/** The tree of places as far as it was opened: the first level, and what lies below each place on the way. */
export function usePlaces(companyId: string | undefined, way: readonly string[]): PlaceOption[] {
  const parents = companyId === undefined ? [] : [undefined, ...way]
  const levels = useQueries({
    queries: parents.map((parentId) => {
      const input = { companyId: companyId ?? '', ...(parentId !== undefined && { parentId }) }
      return {
        queryKey: ['areas.list', input],
        queryFn: ({ signal }: { signal: AbortSignal }) => read('areas.list', input, { signal }),
        staleTime: 10 * 60_000,
      }
    }),
  })
  const below = new Map(parents.map((parentId, index) => [parentId, levels[index]?.data?.areas ?? []]))
  const optionsOf = (parentId: string | undefined): PlaceOption[] =>
    (below.get(parentId) ?? [])
      .map(({ id, name, kind, children }) => {
        const inside = below.has(id) ? optionsOf(id) : []
        return {
          value: id,
          label: name,
          kind,
          isLeaf: !children,
          ...(inside.length > 0 && { children: inside }),
        }
      })
      .sort((a, b) => a.label.localeCompare(b.label, 'zh-Hans-CN', { numeric: true }))
  return optionsOf(undefined)
}
