import type { NetworkPlatform } from './types'

/** Taro picks network.weapp, network.alipay or network.h5 at build time; this says what each of them gives. */
export declare const network: NetworkPlatform
