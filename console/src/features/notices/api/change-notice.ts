import { useAct } from '../../../api/query'

const touched = ['notices.deskList', 'notices.deskGet', 'notices.progress'] as const

/** What is done with a notice that somebody was told of, or shall be. */
export const useApprove = () => useAct('notices.approve', touched)
export const useRefuse = () => useAct('notices.refuse', touched)
export const useStop = () => useAct('notices.stop', touched)
export const useCorrect = () => useAct('notices.correct', touched)
export const useExtend = () => useAct('notices.extend', touched)
export const useRestore = () => useAct('notices.restore', touched)
export const useCancel = () => useAct('notices.cancel', touched)
