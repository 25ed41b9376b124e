import type { SpeakPlatform } from './types'

/** Taro picks speak.weapp, speak.alipay or speak.h5 at build time; this says what each of them gives. */
export declare const speak: SpeakPlatform
