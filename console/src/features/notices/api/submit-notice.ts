import { useAct } from '../../../api/query'

export const useSubmit = () => useAct('notices.submit', ['notices.deskList', 'notices.deskGet'])
