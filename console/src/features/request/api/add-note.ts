import { useAct } from '../../../api/query'

export const useNote = () => useAct('desk.note', [])
