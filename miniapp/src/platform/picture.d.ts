import type { PicturePlatform } from './types'

/** Taro picks picture.weapp, picture.alipay or picture.h5 at build time; this says what each of them gives. */
export declare const picture: PicturePlatform
