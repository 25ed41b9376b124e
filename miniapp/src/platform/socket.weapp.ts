import { socketOf, type SocketTask } from './socket-mini'

declare const wx: { connectSocket(option: { url: string; fail(): void }): SocketTask }

export const socket = socketOf((option) => wx.connectSocket(option))
