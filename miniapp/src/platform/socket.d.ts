import type { SocketPlatform } from './types'

/** Taro picks socket.weapp, socket.alipay or socket.h5 at build time; this says what each of them gives. */
export declare const socket: SocketPlatform
