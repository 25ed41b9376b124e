import { useAct } from '../../../api/query'

/** Changes my password and ends my other sessions. */
export const useChangePassword = () => useAct('staff.changePassword', ['staff.me', 'staff.sessions'])
