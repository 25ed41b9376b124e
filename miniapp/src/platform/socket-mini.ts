import type { SocketEnds, SocketPlatform } from './types'

/** What both wallets give for one socket. */
export interface SocketTask {
  onMessage(hear: (answer: { data: unknown }) => void): void
  onClose(hear: () => void): void
  onError(hear: () => void): void
  send(option: { data: string; fail(): void }): void
  close(option: object): void
}

/** Alipay wraps what came once more. */
function textOf(data: unknown): string | null {
  if (typeof data === 'string') return data
  const inner = (data as { data?: unknown } | null)?.data
  return typeof inner === 'string' ? inner : null
}

/**
 * One socket of a wallet. Taro's own connectSocket is not used: it hands the task over later than the socket may open,
 * and in Alipay it puts the listeners of the one global socket in the place of the task's.
 */
export const socketOf = (
  connect: (option: { url: string; fail(): void }) => SocketTask | undefined,
): SocketPlatform => ({
  open: (url, ends: SocketEnds) => {
    let over = false
    const closed = (): void => {
      if (over) return
      over = true
      ends.closed()
    }
    const task = connect({ url, fail: closed })
    if (!task) throw new Error('this wallet has no socket tasks')
    task.onMessage(({ data }) => {
      const text = textOf(data)
      if (text !== null && !over) ends.text(text)
    })
    task.onClose(closed)
    task.onError(closed)
    return {
      send: (text) => task.send({ data: text, fail: closed }),
      close: () => {
        over = true
        task.close({})
      },
    }
  },
})
