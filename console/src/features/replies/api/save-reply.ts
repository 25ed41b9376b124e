import { useAct } from '../../../api/query'

export const useSaveReply = () => useAct('replies.save', ['replies.list'])
