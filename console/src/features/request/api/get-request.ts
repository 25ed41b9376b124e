import { useRead } from '../../../api/query'

export const useRequest = (requestId: string) => useRead('desk.get', { requestId })
