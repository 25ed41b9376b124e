import { create } from 'zustand'

/** The household the bills page shows. Tab pages take no query, so it is handed over here. */
export const usePicked = create<{ householdId: string | null }>(() => ({ householdId: null }))

export const pickHousehold = (householdId: string): void => usePicked.setState({ householdId })
