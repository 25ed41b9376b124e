import { useAct } from '../../../api/query'

export const useJudgeWords = () => useAct('desk.judgeWords', ['desk.list', 'desk.counts'])
