/** A telephone is no hall. */
export const useWide = (): boolean => false
const nothing = () => null
export const HallFrame = nothing
export const HallSignIn = nothing
export const BillTable = nothing
export const RecordTable = nothing
export const PayByPhone = nothing
