import { useAct, useRead } from '../../api/query'
import type { Input, Output } from '../../api/types'

export type DeskCase = Output<'heating.listCases'>['items'][number]
export type CaseDetail = Output<'heating.readCase'>
export type DeskSupply = Output<'heating.listSupplies'>['items'][number]
export type LedgerLine = Output<'heating.listLedger'>['items'][number]

const cases = ['heating.listCases', 'heating.readCase', 'heating.listLedger'] as const

export const useCases = (input: Input<'heating.listCases'> | null) =>
  useRead('heating.listCases', input, { refetchMs: 30_000, keepOld: true })
export const useCase = (caseId: string) => useRead('heating.readCase', { caseId }, { refetchMs: 30_000 })
export const useSupplies = (input: Input<'heating.listSupplies'> | null) =>
  useRead('heating.listSupplies', input, { refetchMs: 30_000, keepOld: true })
export const useLedger = (input: Input<'heating.listLedger'> | null) =>
  useRead('heating.listLedger', input, { keepOld: true })

export const useApprove = () => useAct('heating.approveCase', cases)
export const useReturn = () => useAct('heating.returnCase', cases)
export const useDecideSupply = () => useAct('heating.decideSupply', ['heating.listSupplies'])
