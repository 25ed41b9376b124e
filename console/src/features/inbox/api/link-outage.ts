import { useAct, useRead } from '../../../api/query'

/** Many reports of one outage are one decision. */
export const useLinkOutage = () => useAct('desk.linkNotice', ['desk.list', 'desk.counts', 'desk.get'])

/** What is announced now for one company. */
export const useOpenOutages = (companyId: string | null) =>
  useRead('notices.deskList', companyId === null ? null : { tab: 'open', companyId, limit: 50 })
