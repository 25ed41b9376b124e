import { useAct } from '../../../api/query'

export const useSplit = () => useAct('desk.split', ['desk.list', 'desk.counts', 'desk.get'])
