import { useAct } from '../../../api/query'

export const useMove = () => useAct('desk.move', ['desk.list', 'desk.counts'])
