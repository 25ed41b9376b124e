import { useAct } from '../../../api/query'

export const useLinkRequests = () => useAct('desk.link', ['desk.get'])
