import type { DirectApi } from './native-api'
import type { PhoneFiles } from './phone-files'
import type { MiniPlatform } from './platform-rules'

type Heard = (answer: object) => void

/** One frame of MP3 at 128 kbit/s and 44.1 kHz holds so many samples in so many bytes; an empty one is silence. */
const FRAME = { bytes: 417, samples: 1152, perSecond: 44_100 }

function silence(seconds: number): Buffer {
  const frame = Buffer.alloc(FRAME.bytes)
  frame.set([0xff, 0xfb, 0x90, 0xc4])
  const count = Math.ceil((seconds * FRAME.perSecond) / FRAME.samples)
  return Buffer.concat(Array.from({ length: count }, () => frame))
}

/** The microphone and the loudspeaker: both wallets have one recorder for the whole app, which tells by its listeners. */
export class PhoneSound {
  /** What was played, by the path on the phone. */
  readonly played: string[] = []
  private readonly heard = new Map<string, Heard>()

  constructor(
    private readonly platform: MiniPlatform,
    private readonly files: PhoneFiles,
  ) {}

  direct(): Record<string, DirectApi> {
    const listen = (name: string) => (heard: Heard) => void this.heard.set(name, heard)
    const recorder = {
      onStart: listen('start'),
      onStop: listen('stop'),
      onError: listen('error'),
      start: ({ format }: { format?: string }) => this.tell(format === 'mp3' ? 'start' : 'error', {}),
      stop: () => this.tell('stop', this.recorded()),
    }
    return { getRecorderManager: () => recorder, createInnerAudioContext: () => this.player() }
  }

  /** Two seconds of it. WeChat tells how long and how large it is; Alipay names the file. */
  private recorded(): object {
    const bytes = silence(2)
    const tempFilePath = this.files.keepRecording(bytes)
    return this.platform === 'weapp'
      ? { tempFilePath, duration: 2000, fileSize: bytes.length }
      : { tempFilePath, duration: 2000 }
  }

  private tell(name: string, answer: object): void {
    setTimeout(() => this.heard.get(name)?.(answer))
  }

  private player(): object {
    const nothing = (): void => undefined
    const player = {
      src: '',
      play: () => void this.played.push(player.src),
      onEnded: nothing,
      onError: nothing,
      stop: nothing,
      destroy: nothing,
    }
    return player
  }
}
