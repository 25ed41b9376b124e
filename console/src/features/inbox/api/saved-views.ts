import { queryClient, useAct, useRead } from '../../../api/query'
import type { Output } from '../../../api/types'

export const useViews = () => useRead('views.list', {})

export const useSaveView = () => useAct('views.save')

/** The answer of a save is the whole list. */
export const keepViews = (answer: Output<'views.list'>): void => {
  queryClient.setQueryData(['views.list', {}], answer)
}
