import { useAct, useRead } from '../../../api/query'

/** My exports and those that wait for my word; a colleague may be waiting, so it is asked again. */
export const useExports = () => useRead('desk.exports', {}, { refetchMs: 20_000 })

export const useDecide = () => useAct('desk.decideExport', ['desk.exports'])
export const useTake = () => useAct('desk.takeExport', ['desk.exports'])
