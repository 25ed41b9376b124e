import { useAct } from '../../../api/query'

export const useCreateAccount = () => useAct('staff.create', ['staff.list', 'teams.list'])
