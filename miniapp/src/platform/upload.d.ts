import type { UploadPlatform } from './types'

/** Taro picks upload.weapp, upload.alipay or upload.h5 at build time; this says what each of them gives. */
export declare const upload: UploadPlatform
