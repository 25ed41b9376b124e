import { useAct, useRead } from '../../api/query'
import type { Output } from '../../api/types'

export type Residency = Output<'familyDesk.readHousehold'>

const residency = ['familyDesk.readHousehold'] as const

export const useResidency = (householdId: string) => useRead('familyDesk.readHousehold', { householdId })
export const useHandOver = () =>
  useAct('familyDesk.recordHandover', [...residency, 'codeDesk.get', 'codeDesk.list'])
export const useWithdraw = () => useAct('familyDesk.withdrawHandover', residency)
export const useStopProxy = () => useAct('familyDesk.stopProxy', residency)
