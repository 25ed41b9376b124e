import type { Exchange } from './types'

/** Taro picks exchange.weapp, exchange.alipay or exchange.h5 at build time; this says what each of them gives. */
export declare const exchange: Exchange
