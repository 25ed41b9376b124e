import { useRead } from '../../../api/query'

/** Who should go, best first; asked again now and then, because people move. */
export const useSuggestions = (requestId: string) =>
  useRead('dispatch.suggest', { requestId }, { refetchMs: 30_000 })
