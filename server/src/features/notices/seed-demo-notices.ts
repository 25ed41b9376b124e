import { DAY_MS, shanghaiDay, shanghaiDayStart } from '../../core/clock'
import type { Ctx } from '../../platforms/context'
import { knotsToChoose } from '../households'
import { finishPreview } from './count-preview'
import { previewNotice } from './preview-notice'
import { readPreview } from './read-preview'
import { saveDraft } from './save-draft'
import type { DraftInput } from './schema'
import { anyNotice } from './store'
import { submitNotice } from './submit-notice'

const HOUR_MS = 3_600_000

interface Seed {
  readonly draft: Omit<DraftInput, 'audience'>
  /** Whether `place` feeds homes (a pump house) or is where they stand; the latter unless said. */
  readonly tree?: 'place' | 'supply'
  /** The name of a community, or all of them. */
  readonly place: string | null
  readonly isLive: boolean
}

/**
 * What the demo has announced when it is first opened, made through the acts that a publisher uses, by whom `ctx` names:
 * planned stops and an announcement, and a draft to go on with. Only in the demo, and only while there is no notice.
 */
export async function seedDemoNotices(ctx: Ctx): Promise<number> {
  if (ctx.config.environment !== 'demo' || (await anyNotice(ctx.db.reader))) return 0
  const known = new Set(ctx.config.companies.map(({ id }) => id))
  let made = 0
  for (const seed of seeds(ctx).filter(({ draft }) => known.has(draft.companyId))) {
    const areaIds = await areasOf(ctx, seed)
    if (areaIds.length === 0) continue
    const { notice } = await saveDraft(ctx, { ...seed.draft, audience: { areaIds, accountNos: [] } })
    if (seed.isLive) await publish(ctx, { noticeId: notice.id, revision: notice.revision })
    made++
  }
  return made
}

async function publish(
  ctx: Ctx,
  of: { readonly noticeId: string; readonly revision: number },
): Promise<void> {
  await previewNotice(ctx, of)
  // No job runs yet while the demo is being made.
  await finishPreview(ctx, of)
  const { preview } = await readPreview(ctx, of)
  await submitNotice(ctx, { ...of, expectedResidents: preview.residents, leadReason: '演示数据' })
}

async function areasOf(ctx: Ctx, { draft, place, tree = 'place' }: Seed): Promise<string[]> {
  const { companyId } = draft
  const asked = { companyId, tree, parentId: null, words: place, pieces: null }
  const knots = await knotsToChoose(ctx.db.reader, asked)
  return knots.filter(({ name }) => place === null || name === place).map(({ id }) => id)
}

function seeds(ctx: Ctx): Seed[] {
  const today = shanghaiDayStart(shanghaiDay(ctx.clock.now()))
  const at = (days: number, hour: number): number => today + days * DAY_MS + hour * HOUR_MS
  const hotline = (companyId: string): string => hotlineOf(ctx, companyId)
  const planned = { kind: 'planned', cutsSupply: true } as const
  return [
    {
      place: '松海园',
      isLive: true,
      draft: {
        ...planned,
        companyId: 'heating',
        title: '松海园换热站更换循环泵',
        words: '松海园换热站更换循环泵，期间停暖，室温会慢慢降几度。请关好门窗，家里有老人孩子的请提前准备。',
        reasonWords: '更换换热站的循环泵',
        phone: hotline('heating'),
        startsAt: at(2, 9),
        endsAt: at(2, 17),
      },
    },
    {
      place: '香蜜湖花园',
      isLive: true,
      draft: {
        ...planned,
        companyId: 'gas',
        title: '香蜜湖花园燃气管道检修',
        words: '香蜜湖花园燃气管道检修，期间停气。停气前请关好表前阀和灶具开关，恢复后先开窗再点火。',
        reasonWords: '检修小区燃气管道',
        phone: hotline('gas'),
        startsAt: at(4, 22),
        endsAt: at(5, 4),
      },
    },
    {
      place: null,
      isLive: true,
      draft: {
        companyId: 'heating',
        kind: 'general',
        cutsSupply: false,
        title: '供热期间请不要放水',
        words:
          '供热管网里的水加过药，不能洗衣做饭；放水会让整栋楼不热。暖气不热请在这里报修，师傅上门排气不收费。',
        reasonWords: '放水会让整栋楼不热',
        phone: hotline('heating'),
        startsAt: null,
        endsAt: null,
      },
    },
    pumpHouse(ctx, at(6, 9), at(6, 13)),
    {
      place: '岳麓区',
      isLive: false,
      draft: {
        ...planned,
        companyId: 'power',
        title: '岳麓区配电线路检修',
        words: '岳麓区配电线路检修，期间停电，请提前给手机充电，电梯停用时请走楼梯。',
        reasonWords: '检修配电线路',
        phone: hotline('power'),
        startsAt: at(9, 8),
        endsAt: at(9, 18),
      },
    },
  ]
}

const hotlineOf = ({ config }: Ctx, companyId: string): string =>
  config.companies.find(({ id }) => id === companyId)?.hotline ?? config.portal.hotline

/** A stop at what feeds homes, not at where they stand. */
function pumpHouse(ctx: Ctx, startsAt: number, endsAt: number): Seed {
  return {
    tree: 'supply',
    place: '香蜜湖花园西区泵房',
    isLive: true,
    draft: {
      kind: 'planned',
      cutsSupply: true,
      companyId: 'water',
      title: '香蜜湖花园西区清洗水箱',
      words: '香蜜湖花园西区泵房清洗二次供水水箱，期间停水，请提前储水。恢复后先放几分钟水再用。',
      reasonWords: '清洗二次供水水箱',
      phone: hotlineOf(ctx, 'water'),
      startsAt,
      endsAt,
    },
  }
}
