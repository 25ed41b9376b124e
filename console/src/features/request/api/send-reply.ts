import { useAct } from '../../../api/query'

export const useReply = () => useAct('desk.reply', ['desk.list'])
