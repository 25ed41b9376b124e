import { useRead } from '../../../api/query'

export const useTeams = () => useRead('teams.list', {})
