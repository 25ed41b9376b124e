import { useAct } from '../../../api/query'

export const useAccept = () => useAct('desk.move', ['desk.list', 'desk.counts', 'desk.get'])
