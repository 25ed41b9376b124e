import { useRead } from '../../../api/query'

export const useHistory = (householdId: string | null, cursor: string | null) =>
  useRead(
    'messages.history',
    householdId === null ? null : { householdId, limit: 20, ...(cursor !== null && { cursor }) },
    { keepOld: true },
  )
