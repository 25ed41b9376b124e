import { useAct } from '../../../api/query'

/** One move on many requests; each succeeds or fails by itself. */
export const useMoveMany = () => useAct('desk.bulk', ['desk.list', 'desk.counts', 'desk.get'])
