import type { OpenFilePlatform } from './types'

/** Taro picks open-file.weapp, open-file.alipay or open-file.h5 at build time; this says what each of them gives. */
export declare const openFile: OpenFilePlatform
