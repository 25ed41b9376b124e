import { useAct } from '../../../api/query'

/** The request ends with the outage; nobody is sent. */
export const useJoinOutage = () => useAct('desk.linkNotice', ['desk.get', 'desk.list', 'desk.counts'])
