import { useAct } from '../../../api/query'

export const useSaveSlots = () => useAct('slots.save', ['slots.plan'])
