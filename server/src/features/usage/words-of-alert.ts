import { isAppError } from '../../core/errors'
import { formatYuan } from '../../core/money'
import type { Ctx } from '../../platforms/context'
import { searchKnowledge } from '../knowledge'
import { findAlert } from './alert-store'
import { saidMilli } from './milli'
import { dayWords, monthWords } from './periods'
import type { Projection } from './project-bill'
import type { UsageView } from './schema'

type Kind = UsageView['kind']

const TO_LOOK_AT: Readonly<Record<Kind, readonly string[]>> = {
  power: [
    '看看哪几天用得特别多，想想那几天开了什么',
    '关掉所有电器，看电表还走不走；还走就可能漏电，请报修',
    '空调、热水器、取暖器最费电，先查它们的温度和时间',
  ],
  gas: [
    '关掉所有灶具和热水器，看燃气表还走不走；还走就是漏气，开窗、关阀、到室外打电话',
    '壁挂炉的温度调低一度能省不少',
  ],
  water: ['关掉所有水龙头，看水表还走不走；还走就是漏水', '查马桶：倒点颜料进水箱，看会不会流下来'],
  heating: [],
}
const SEARCHED: Readonly<Record<Kind, string>> = {
  power: '电费突然变高',
  gas: '燃气费突然变高',
  water: '水费突然变高',
  heating: '热费变高',
}

/** The alert of the bill that is coming, with what made it and what can be done; null where nobody was warned. */
export async function wordsOfAlert(
  ctx: Ctx,
  of: {
    readonly householdId: string
    readonly companyId: string
    readonly kind: Kind
    readonly unit: string
    readonly projection: Projection
  },
): Promise<UsageView['alert']> {
  if (of.projection.kind === 'none') return null
  const { period } = of.projection
  const row = await findAlert(ctx.db.reader, of.householdId, period)
  if (row === null) return null
  const { sharePercent, moreFen } = ctx.config.usage.alert
  const { soFar } = of.projection
  return {
    period,
    lowFen: row.lowFen,
    highFen: row.highFen,
    lastYearFen: row.lastYearFen,
    why: [
      `${monthWords(period)}的账单预计约 ${roughYuan(row.lowFen)}–${roughYuan(row.highFen)} 元，去年同月是 ${formatYuan(row.lastYearFen)} 元`,
      ...(soFar === null
        ? []
        : [
            `到${dayWords(soFar.until)}已用 ${saidMilli(Math.round(soFar.quantityMilli / 1000) * 1000)} ${of.unit}`,
          ]),
      `比去年同月高 ${sharePercent}% 并且高 ${roughYuan(moreFen)} 元以上时提醒一次；这是估算，以账单为准`,
    ],
    todo: [...TO_LOOK_AT[of.kind]],
    article: await articleOn(ctx, of.companyId, SEARCHED[of.kind]),
  }
}

async function articleOn(
  ctx: Ctx,
  companyId: string,
  q: string,
): Promise<NonNullable<UsageView['alert']>['article']> {
  try {
    const [hit] = await searchKnowledge(ctx, { companies: [companyId], q, audience: 'public', limit: 1 })
    return hit === undefined ? null : { id: hit.articleId, title: hit.title }
  } catch (error) {
    // The index of a process that has just begun is not whole yet; the figures do not wait for it.
    if (isAppError(error, 'busy')) return null
    throw error
  }
}

/** An estimate knows no fen. */
const roughYuan = (fen: number): string => saidMilli(Math.round(fen / 100) * 1000)
