import { useAct } from '../../../api/query'

/** Whom to call when supply goes. */
export const useMark = () => useAct('households.markHousehold', ['desk.get', 'desk.findHousehold'])
