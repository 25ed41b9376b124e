import type { HerePlatform } from './types'

/** Taro picks here.weapp, here.alipay or here.h5 at build time; this says what each of them gives. */
export declare const here: HerePlatform
