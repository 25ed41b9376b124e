import { useAct } from '../../../api/query'

export const useUpdateAccount = () => useAct('staff.update', ['staff.list', 'teams.list'])
