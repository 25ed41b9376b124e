import { useAct } from '../../../api/query'

export const useSaveDraft = () => useAct('notices.saveDraft', ['notices.deskList', 'notices.suggestions'])
