import { useAct } from '../../../api/query'

/** Begins a second factor of one's own free will; the app's first code ends it. */
export const useEnrol = () => useAct('staff.enrolSecondFactor')
