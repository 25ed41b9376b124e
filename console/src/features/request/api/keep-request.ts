import { queryClient } from '../../../api/query'
import type { DeskRequest } from '../../../api/types'

/** Most acts answer with the whole request, so nobody asks again. */
export function keepRequest({ request }: { readonly request: DeskRequest }): void {
  queryClient.setQueryData(['desk.get', { requestId: request.id }], { request })
}
