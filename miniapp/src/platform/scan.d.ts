import type { ScanPlatform } from './types'

/** Taro picks scan.weapp, scan.alipay or scan.h5 at build time; this says what each of them gives. */
export declare const scan: ScanPlatform
