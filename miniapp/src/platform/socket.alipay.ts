import { socketOf, type SocketTask } from './socket-mini'

declare const my: {
  connectSocket(option: { url: string; multiple: true; fail(): void }): SocketTask | undefined
}

/** Without `multiple` there is one socket for the whole app, and no task. */
export const socket = socketOf((option) => my.connectSocket({ ...option, multiple: true }))
