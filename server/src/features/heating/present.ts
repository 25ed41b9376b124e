import { companyOf } from '../../core/config/companies'
import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { householdsByIds } from '../households'
import { gaveBackOf } from '../payments'
import { STATE_WORDS } from './case-states'
import type { CaseRow, RoundRow, SupplyRow } from './entities'
import type { HeatValues } from './heat-packs'
import type { HeatRules } from './heat-rules'
import { lookAtCase, type LookedCase } from './look-at-case'
import type { Refund } from './refund-of'
import type { CaseSummary, CaseView, SupplyView } from './schema'
import type { SupplyPlan } from './supply-plan'

/** A case in a list. `rounds` are all of it; a measured or missed one awaits nobody. */
export function presentSummary(row: CaseRow, rounds: readonly RoundRow[]): CaseSummary {
  const awaited = rounds.filter(({ caseId, missedAt }) => caseId === row.id && missedAt === null)
  const dueAt = row.state === 'open' && row.told === 0 ? (awaited[0]?.dueAt ?? null) : null
  const { id, kind, number, householdId, season, state, requestedAt, amountFen, reckonedAt, version } = row
  return {
    id,
    kind,
    number,
    householdId,
    season,
    state,
    stateWords: STATE_WORDS[state],
    requestedAt,
    dueAt,
    amountFen,
    reckonedAt,
    version,
  }
}

/** The case with its calculation: the one that stands, or as it runs today. */
export async function presentCase(reader: Reader, ctx: Ctx, row: CaseRow): Promise<CaseView> {
  const looked = await lookAtCase(reader, ctx, row)
  const household = (await householdsByIds(reader, [row.householdId])).get(row.householdId)
  const paid = row.state === 'approved' ? await gaveBackOf(reader, row.number) : null
  return {
    ...presentSummary(row, looked.rounds),
    companyId: row.companyId,
    visitType: ctx.config.heating.companies[row.companyId]?.visitType ?? '',
    shortAddress: household?.shortAddress ?? '',
    standardTenths: looked.rules.values.standardTenths ?? 180,
    rules: row.kind === 'stop' ? stopRule(looked.rules.values) : rulesInWords(looked.rules.values),
    rounds: roundsOfCase(looked),
    calculation: calculationOf(ctx, looked),
    answer: row.answer,
    objection: row.objectionSealed === null ? null : ctx.vault.open(row.objectionSealed),
    payback: paid,
    hotline: companyOf(ctx, row.companyId).hotline,
  }
}

/** What stands was written down; nothing that happens later changes what somebody agreed to. */
export function standingRefund({ row, refund }: Pick<LookedCase, 'row' | 'refund'>): Refund {
  // Only tend-cases.ts writes this column, and it writes a Refund.
  return row.refund === null ? refund : (JSON.parse(row.refund) as Refund)
}

function calculationOf(ctx: Ctx, looked: LookedCase): CaseView['calculation'] {
  const { row, rules } = looked
  const asOf = row.refund === null ? ctx.clock.now() : (row.reckonedAt ?? ctx.clock.now())
  return presentCalculation(standingRefund(looked), { rules, kind: row.kind, asOf })
}

/** A calculation with the rule that it rests on. */
export function presentCalculation(
  refund: Refund,
  { rules, kind, asOf }: { readonly rules: HeatRules; readonly kind: CaseRow['kind']; readonly asOf: number },
): CaseView['calculation'] {
  const { state, amountFen, dailyFen, seasonDays, lines, stops, steps, missing, doubts, payBy, isOver } =
    refund
  const { bands, stopRefundFromHours, formula } = rules.from
  const said = (kind === 'stop' ? stopRefundFromHours : bands) ?? formula
  return {
    state,
    amountFen,
    dailyFen,
    seasonDays,
    lines: [...lines],
    stops: [...stops],
    steps: [...steps],
    missing: [...missing],
    doubts: [...doubts],
    payBy,
    isOver,
    asOf,
    source: {
      city: said?.city ?? rules.city,
      words: said?.source ?? '没有查到当地规定',
      checkedAt: said?.checkedAt ?? '2026-11-22',
    },
  }
}

function roundsOfCase({ rounds }: LookedCase): CaseView['rounds'] {
  return rounds.map(({ requestId, request, requestedAt, dueAt, missedAt, visits }) => ({
    requestId,
    requestNumber: request.number,
    requestedAt,
    dueAt,
    missedAt,
    visits: visits.map(({ at, resident, readings }) => ({
      at,
      resident,
      readings: readings.map(({ room, tenths, heightCm, windowsClosedMinutes }) => ({
        room,
        tenths,
        heightCm: heightCm ?? null,
        windowsClosedMinutes: windowsClosedMinutes ?? null,
      })),
    })),
  }))
}

const stopRule = ({ stopRefundFromHours: hours }: HeatValues): string[] =>
  hours === undefined ? [] : [`停热满 ${hours} 小时，按停的时间退热费`]

/** How a measurement must be made here, for whoever opens the door. */
function rulesInWords(values: HeatValues): string[] {
  const { measureWithinHours, measurePlace, measureHeightCm, windowsClosedMinutes, measureHours } = values
  const times = (values.measureDays ?? 1) * (values.measureSlots ?? 1)
  return [
    ...(measureWithinHours === undefined ? [] : [`申请后 ${measureWithinHours} 小时内上门`]),
    ...(measurePlace === undefined || measureHeightCm === undefined
      ? []
      : [`在${measurePlace}、离地 ${measureHeightCm / 100} 米测`]),
    ...(windowsClosedMinutes === undefined ? [] : [`先关门窗 ${windowsClosedMinutes} 分钟`]),
    ...(measureHours === undefined
      ? []
      : [`在 ${measureHours.map(({ from, to }) => `${from}–${to}`).join('、')} 测`]),
    ...(times > 1 ? [`连测 ${values.measureDays ?? 1} 天、每天 ${values.measureSlots ?? 1} 次，取平均`] : []),
  ]
}

export function presentSupply(ctx: Pick<Ctx, 'vault'>, row: SupplyRow): SupplyView {
  const { id, householdId, season, kind, state, fromDay, effectFen, answer, createdAt, decidedAt, version } =
    row
  // Only apply-supply.ts writes this column, and it writes a SupplyPlan.
  const plan = JSON.parse(row.plan) as SupplyPlan
  return {
    id,
    householdId,
    season,
    kind,
    state,
    isLate: row.isLate === 1,
    reason: row.reasonSealed === null ? null : ctx.vault.open(row.reasonSealed),
    fromDay,
    plan: { ...plan, steps: [...plan.steps], missing: [...plan.missing] },
    effectFen: effectFen === null ? null : Number(effectFen),
    answer,
    byDesk: row.callerKind !== null,
    createdAt: Number(createdAt),
    decidedAt: decidedAt === null ? null : Number(decidedAt),
    version,
  }
}

/** The rule that a plan rests on, to be shown beside it. */
export function supplySource({ from, city }: HeatRules): string {
  const said = from.suspendFeePercent ?? from.suspendBy ?? from.suspendDaysBefore
  return said === undefined ? `${city}的规定没有查到` : `${said.source}（${said.checkedAt} 核对）`
}
