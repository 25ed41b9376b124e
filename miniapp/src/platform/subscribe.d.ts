import type { SubscribePlatform } from './types'

/** Taro picks subscribe.weapp, subscribe.alipay or subscribe.h5 at build time; this says what each of them gives. */
export declare const subscribe: SubscribePlatform
