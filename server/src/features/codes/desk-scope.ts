import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { areasByIds, countDoors, deskHouseholds, placesOfHouseholds } from '../households'
import { inScope } from '../staff'

/** What an act of the console is about, as far as whoever asks may reach. */
export interface Target {
  readonly companyId: string
  /** Null for a whole company. */
  readonly areaId: string | null
  /** Empty for a whole company. */
  readonly areaPath: string
  readonly householdId: string | null
  readonly kind: 'company' | 'area' | 'household'
  readonly areaKind: string | null
  /** What it is called, without anybody's door. */
  readonly name: string
  readonly households: number
}

export interface TargetInput {
  readonly companyId: string
  readonly areaId?: string | undefined
  readonly householdId?: string | undefined
}

const PLACES: readonly string[] = ['district', 'community', 'building', 'unit']

/**
 * Errors: not_found for what is outside my companies and areas, forbidden for a whole company where I have only some
 * areas of it.
 */
export async function targetOf(ctx: Ctx, input: TargetInput): Promise<Target> {
  const company = companyInScope(ctx, input.companyId)
  if (input.householdId !== undefined) return oneHousehold(ctx, company.id, input.householdId)
  if (input.areaId !== undefined) return oneArea(ctx, company.id, input.areaId)
  if (staffOf(ctx).areaPaths !== null)
    throw new AppError('forbidden', { message: '您只负责一部分区域，请选其中的小区或楼栋。' })
  return {
    companyId: company.id,
    areaId: null,
    areaPath: '',
    householdId: null,
    kind: 'company',
    areaKind: null,
    name: `${company.name}（全公司）`,
    households: await countDoors(ctx.db.reader, { companyId: company.id, areaPath: null }),
  }
}

/** Errors: not_found. */
export function companyInScope(ctx: Ctx, companyId: string): { readonly id: string; readonly name: string } {
  const company = ctx.config.companies.find(({ id }) => id === companyId)
  const { companies } = staffOf(ctx)
  if (!company || (companies !== null && !companies.includes(companyId)))
    throw new AppError('not_found', { detail: 'company out of scope' })
  return company
}

async function oneArea(ctx: Ctx, companyId: string, areaId: string): Promise<Target> {
  const area = (await areasByIds(ctx.db.reader, [areaId])).get(areaId)
  if (!area || area.companyId !== companyId || !PLACES.includes(area.kind) || !mayReach(ctx, area))
    throw new AppError('not_found', { detail: 'area out of scope' })
  return {
    companyId,
    areaId,
    areaPath: area.path,
    householdId: null,
    kind: 'area',
    areaKind: area.kind,
    name: area.fullName.split('/').join(' '),
    households: await countDoors(ctx.db.reader, { companyId, areaPath: area.path }),
  }
}

const mayReach = (ctx: Ctx, area: { readonly companyId: string; readonly path: string }): boolean =>
  inScope(staffOf(ctx), { companyId: area.companyId, areaPath: area.path })

async function oneHousehold(ctx: Ctx, companyId: string, householdId: string): Promise<Target> {
  const household = (await deskHouseholds(ctx, [householdId])).get(householdId)
  if (!household || household.companyId !== companyId || !inScope(staffOf(ctx), household))
    throw new AppError('not_found', { detail: 'household out of scope' })
  const place = (await placesOfHouseholds(ctx.db.reader, [householdId])).get(householdId)
  if (!place)
    throw new AppError('invalid_input', {
      message: '这一户的地址还没有归到小区，暂时不能做码，请先在收费系统里补上地址再导入。',
    })
  return {
    companyId,
    areaId: place.id,
    areaPath: place.path,
    householdId,
    kind: 'household',
    areaKind: place.kind,
    name: household.addressMasked,
    households: 1,
  }
}
