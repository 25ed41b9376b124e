import { Transform, type TransformCallback } from 'node:stream'

/** The tag that puts the wallet's bridge before every script of the page. */
export const BRIDGE_TAG = '<script src="/__phone/bridge.js"></script>'

// A page whose <head> has not begun after this much gets the bridge in front of everything.
const SEARCHED_BYTES = 65_536

/** Inserts the bridge as the first thing in <head>; what follows flows through as it comes. */
export class BridgeInjector extends Transform {
  // Latin-1 maps every byte to one character and back, so text cut in the middle of a character stays whole.
  private waiting = ''
  private done = false

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    if (this.done) {
      callback(null, chunk)
      return
    }
    this.waiting += chunk.toString('latin1')
    const head = /<head(\s[^>]*)?>/i.exec(this.waiting)
    if (!head && this.waiting.length < SEARCHED_BYTES) {
      callback()
      return
    }
    this.done = true
    const at = head ? head.index + head[0].length : 0
    callback(null, Buffer.from(this.waiting.slice(0, at) + BRIDGE_TAG + this.waiting.slice(at), 'latin1'))
    this.waiting = ''
  }

  override _flush(callback: TransformCallback): void {
    callback(null, this.done ? undefined : Buffer.from(BRIDGE_TAG + this.waiting, 'latin1'))
  }
}
