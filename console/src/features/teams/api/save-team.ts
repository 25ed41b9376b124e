import { useAct } from '../../../api/query'

export const useSaveTeam = () => useAct('teams.save', ['teams.list'])
