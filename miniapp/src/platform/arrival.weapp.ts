/** Wallets hand the code over as a page's parameter, or when the app is shown. */
export const arrivedWith: string | null = null
export const arrivedFromPc: string | null = null
