import type { PayPlatform } from './types'

/** Taro picks pay.weapp, pay.alipay or pay.h5 at build time; this says what each of them gives. */
export declare const pay: PayPlatform
