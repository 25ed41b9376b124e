import { useAct } from '../../../api/query'

/** Takes a request for a caller; the same answer comes again when the first one was lost. */
export const useCreate = () => useAct('desk.create', ['desk.list', 'desk.counts'])
