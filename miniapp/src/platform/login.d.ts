import type { LoginPlatform } from './types'

/** Taro picks login.weapp, login.alipay or login.h5 at build time; this says what each of them gives. */
export declare const login: LoginPlatform
