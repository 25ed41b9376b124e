import type { RecordPlatform } from './types'

/** Taro picks record.weapp, record.alipay or record.h5 at build time; this says what each of them gives. */
export declare const record: RecordPlatform
