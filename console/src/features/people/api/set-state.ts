import { useAct } from '../../../api/query'

export const useSetState = () => useAct('staff.setState', ['staff.list'])
