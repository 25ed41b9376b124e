import type { PlacePlatform } from './types'

/** Taro picks place.weapp, place.alipay or place.h5 at build time; this says what each of them gives. */
export declare const place: PlacePlatform
