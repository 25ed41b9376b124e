import { useRead } from '../../../api/query'

export const usePlan = (teamId: string | null, from: string) =>
  useRead('slots.plan', teamId === null ? null : { teamId, from, days: 7 }, { keepOld: true })

export const useTeams = () => useRead('teams.list', {})
