import { useAct } from '../../../api/query'

/** Prepares a CSV on the server; the answer's address lives for five minutes. */
export const useExport = () => useAct('desk.export', ['audit.list', 'desk.exports'])
