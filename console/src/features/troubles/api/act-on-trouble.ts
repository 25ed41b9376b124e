import { useAct } from '../../../api/query'

const touched = ['troubles.list', 'troubles.counts'] as const

export const useResolve = () => useAct('troubles.resolve', touched)
export const useRetryPosting = () => useAct('troubles.retryPosting', touched)
export const useRetryRefund = () => useAct('troubles.retryRefund', touched)
export const useRetryJob = () => useAct('troubles.retryJob', touched)
