import type { Output } from '../api/types'

export type HeatHome = Output<'heating.mine'>['homes'][number]
export type HeatCase = Output<'heating.getCase'>
export type CaseSummary = HeatHome['cases'][number]
export type Supply = HeatHome['supplies'][number]
export type SupplyPlan = Output<'heating.planSupply'>
export type StopPlan = NonNullable<Output<'heating.planStopRefund'>['calculation']>
