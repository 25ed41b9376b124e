import { useRead } from '../../../api/query'

export const useTeams = () => useRead('teams.list', {})

/** People of a team, of whom one may be its lead. */
export const useMembers = (teamId: string | null, may: boolean) =>
  useRead('staff.list', teamId === null || !may ? null : { teamId, limit: 50 })
