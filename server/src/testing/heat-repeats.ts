import { buildHeat, buildStopped } from './build-heat'
import { buildHousehold } from './factories'
import type { TestApp } from './harness'

interface Case {
  readonly input: Record<string, unknown>
  readonly other: Record<string, unknown>
}

/** A resident's writes about cold homes and stopped supplies, each with another content under the same id. */
export function heatRepeats(
  app: () => TestApp,
): Readonly<Record<string, (who: { readonly id: string }) => Promise<Case>>> {
  const home = async (id: string) => ({ householdId: (await buildHousehold(app(), { members: [id] })).id })
  const cold = async (id: string) =>
    buildHeat(app(), { companyId: 'heating', areaPath: '', ...(await home(id)), residentId: id })
  return {
    'heating.agreeCase': async ({ id }) => {
      const { caseId } = await cold(id)
      return { input: { caseId, version: 1 }, other: { caseId, version: 2 } }
    },
    'heating.objectCase': async ({ id }) => {
      const mine = { caseId: (await cold(id)).caseId, version: 1 }
      return { input: { ...mine, words: '没有关窗' }, other: { ...mine, words: '别的话' } }
    },
    'heating.applySupply': async ({ id }) => {
      const stop = { ...(await home(id)), kind: 'stop', shownEffectFen: null, consented: true }
      return { input: { ...stop, reason: '房子空着' }, other: { ...stop, reason: '别的原因' } }
    },
    'heating.applyStopRefund': async ({ id }) => {
      const household = await buildHousehold(app(), { members: [id] })
      await buildStopped(app(), household)
      const householdId = household.id
      return {
        input: { householdId, shownAmountFen: 3206 },
        other: { householdId, shownAmountFen: 3207 },
      }
    },
    'heating.withdrawSupply': async ({ id }) => ({
      input: { supplyId: (await cold(id)).supplyId },
      other: { supplyId: (await cold(id)).supplyId },
    }),
  }
}
