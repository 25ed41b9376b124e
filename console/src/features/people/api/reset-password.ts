import { useAct } from '../../../api/query'

export const useResetPassword = () => useAct('staff.resetPassword', ['staff.list'])
