import { useAct } from '../../../api/query'

export const useJudge = () => useAct('files.judge', ['desk.get'])
