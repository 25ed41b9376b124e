import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { areasOfTrees } from '../households'
import { coversArea } from '../staff'
import type { SuggestionRow } from './entities'
import type { DraftInput } from './schema'
import { openSuggestions } from './suggestion-store'
import { areaWords, stopWords } from './words'

const MOST = 100

interface SuggestionView
  extends Pick<SuggestionRow, 'id' | 'companyId' | 'areaId' | 'requests' | 'firstAt' | 'lastAt'> {
  readonly areaName: string
  readonly draft: DraftInput
}

/** Places of my scope where several requests without supply came together, each with a notice filled in. */
export async function listSuggestions(
  ctx: Ctx,
  input: { readonly companyId?: string | undefined },
): Promise<{ items: SuggestionView[] }> {
  const staff = staffOf(ctx)
  const { companyId } = input
  if (companyId !== undefined && staff.companies !== null && !staff.companies.includes(companyId))
    throw new AppError('not_found')
  const companies = companyId === undefined ? staff.companies : [companyId]
  const rows = await openSuggestions(ctx.db.reader, companies, MOST)
  const areas = await areasOfTrees(
    ctx.db.reader,
    rows.map(({ areaId }) => areaId),
  )
  const byId = new Map(areas.map((area) => [area.id, area]))
  return {
    items: rows.flatMap((row) => {
      const area = byId.get(row.areaId)
      if (!area || !coversArea(staff.areaPaths, area.path)) return []
      const { id, areaId, requests, firstAt, lastAt } = row
      const view = { id, companyId: row.companyId, areaId, requests, firstAt, lastAt }
      return [{ ...view, areaName: areaWords(area.fullName), draft: draftOf(ctx, row, area.fullName) }]
    }),
  }
}

/** What a publisher would write first, to be read and sent on. */
function draftOf(ctx: Ctx, row: SuggestionRow, fullName: string): DraftInput {
  const company = companyOf(ctx, row.companyId)
  const stop = stopWords(company)
  const place = areaWords(fullName)
  return {
    companyId: company.id,
    kind: 'emergency',
    title: `${place}突发${stop}`.slice(0, 40),
    words: `${place}突发${stop}，我们已经派人检修，恢复时间会再通知您。给您带来不便，请谅解。`,
    reasonWords: '正在查找原因',
    phone: company.hotline,
    startsAt: row.firstAt,
    endsAt: null,
    cutsSupply: true,
    audience: { areaIds: [row.areaId], accountNos: [] },
  }
}
