import { useAct, useRead } from '../../../api/query'

export const useSuggestions = (may: boolean) =>
  useRead('notices.suggestions', may ? {} : null, { refetchMs: 20_000 })

export const useDismiss = () => useAct('notices.dismissSuggestion', ['notices.suggestions'])
