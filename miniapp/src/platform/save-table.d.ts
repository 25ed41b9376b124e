import type { SaveTablePlatform } from './types'

/** Taro picks save-table.weapp, save-table.alipay or save-table.h5 at build time; this says what each of them gives. */
export declare const saveTable: SaveTablePlatform
