import { useRead } from '../../../api/query'

/** Requests that nobody was sent to yet, the nearest due first. */
export const useWaiting = () =>
  useRead('desk.list', { tab: 'all', states: 'submitted,accepted,returned', sort: 'due', limit: 50 })

/** What one team has in hand. */
export const useTeamWork = (teamId: string | null) =>
  useRead(
    'desk.list',
    teamId === null
      ? null
      : { tab: 'all', states: 'dispatched,on-the-way,on-site,on-hold', teamId, sort: 'due', limit: 30 },
  )
