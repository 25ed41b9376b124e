import { useAct, useRead } from '../../api/query'
import type { ActInput, Output } from '../../api/types'

export type DeskOutlet = Output<'outletDesk.list'>['outlets'][number]
export type DeskQueue = Output<'outletDesk.queue'>
export type DeskTicket = DeskQueue['tickets'][number]
export type OutletFacts = ActInput<'outletDesk.save'>['facts']
export type OutletHours = DeskOutlet['hours']

const lists = ['outletDesk.list'] as const
const queues = ['outletDesk.queue'] as const

export const useOutlets = () => useRead('outletDesk.list', {})
export const useQueue = (outletId: string | null) =>
  useRead('outletDesk.queue', outletId === null ? null : { outletId }, { refetchMs: 5_000, keepOld: true })

export const useSaveOutlet = () => useAct('outletDesk.save', lists)
export const useImportOutlets = () => useAct('outletDesk.import', lists)
export const useCallNext = () => useAct('outletDesk.callNext', queues)
export const useCallAgain = () => useAct('outletDesk.callAgain', queues)
export const useEndTicket = () => useAct('outletDesk.endTicket', queues)
export const useGiveTicket = () => useAct('outletDesk.giveTicket', queues)
