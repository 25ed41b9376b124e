import type { TonguePlatform } from './types'

/** Taro picks tongue.weapp, tongue.alipay or tongue.h5 at build time; this says what each of them gives. */
export declare const tongue: TonguePlatform
