import type { KeepPlatform } from './types'

/** Taro picks keep.weapp, keep.alipay or keep.h5 at build time; this says what each of them gives. */
export declare const keep: KeepPlatform
