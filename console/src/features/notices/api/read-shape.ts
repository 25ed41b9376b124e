import { read } from '../../../api/client'
import { useRead } from '../../../api/query'
import type { Output } from '../../../api/types'

export const useBaseMap = (companyId: string) => useRead('notices.baseMap', { companyId })

/** The places inside a closed shape. */
export const readAreasInShape = (
  companyId: string,
  points: string,
): Promise<Output<'notices.areasInShape'>> => read('notices.areasInShape', { companyId, points })
