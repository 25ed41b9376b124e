import type { Config } from '../../platforms/whole-config'

/** What one company's text messages may cost in one Shanghai month. */
export function budgetOf(config: Pick<Config, 'messages'>, companyId: string): number {
  const { monthlyBudgetFen, otherBudgetFen } = config.messages.sms
  return monthlyBudgetFen[companyId] ?? otherBudgetFen
}

/** From here on staff are warned. */
const WARN_SHARE = 0.8

export function budgetState(costFen: number, budgetFen: number): 'fine' | 'warned' | 'stopped' {
  if (costFen >= budgetFen) return 'stopped'
  return costFen >= budgetFen * WARN_SHARE ? 'warned' : 'fine'
}
