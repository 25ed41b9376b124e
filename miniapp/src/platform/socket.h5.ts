import type { SocketPlatform } from './types'

export const socket: SocketPlatform = {
  open: (url, ends) => {
    const opened = new WebSocket(url)
    opened.addEventListener('message', ({ data }) => ends.text(String(data)))
    // An error is always followed by a close.
    opened.addEventListener('close', ends.closed)
    return { send: (text) => opened.send(text), close: () => opened.close() }
  },
}
