/** Taro picks arrival.weapp, arrival.alipay or arrival.h5 at build time; this says what each of them gives. */

/** The token of the code by whose address these pages were opened; already taken off the address. */
export declare const arrivedWith: string | null
/** The same of a code on a PC's screen. */
export declare const arrivedFromPc: string | null
