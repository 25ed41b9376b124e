import { useAct } from '../../../api/query'

export const useDiscard = () => useAct('notices.discard', ['notices.deskList'])
