import type { Ctx } from '../../platforms/context'
import { currentCatalogue } from '../catalogue'
import { mayBePublic } from './policy'
import type { Draft } from './schema'

type Judged = Pick<Draft, 'companyId' | 'kind' | 'audience' | 'typeIds' | 'validFrom' | 'validUntil'>

/** What is wrong with a draft beyond the form of its fields; null where nothing is. */
export async function draftFault(ctx: Ctx, draft: Judged): Promise<{ path: string; message: string } | null> {
  const { validFrom, validUntil } = draft
  if (validFrom !== null && validUntil !== null && validUntil <= validFrom)
    return { path: 'validUntil', message: '失效时间要晚于生效时间' }
  if (draft.audience === 'public' && !mayBePublic(draft.kind))
    return { path: 'audience', message: '案例和模板只给员工看，请选“内部”' }
  if (draft.typeIds.length === 0) return null
  const { body } = await currentCatalogue(ctx, draft.companyId)
  const unknown = draft.typeIds.find((id) => !body.types.some((type) => type.id === id))
  return unknown === undefined ? null : { path: 'typeIds', message: `没有“${unknown}”这个服务类型，请重新选` }
}
