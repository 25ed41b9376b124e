import sharp from 'sharp'
import { type DirectApi, type LaterApi, NativeFailure } from './native-api'
import type { MiniPlatform } from './platform-rules'

interface ReadOption {
  readonly filePath: string
  readonly position?: number
  readonly length?: number
  readonly success: (answer: { data: ArrayBuffer }) => void
  readonly fail: (answer: { errMsg: string }) => void
}

interface ReadSize {
  readonly filePath: string
  readonly success: (answer: { size: number }) => void
  readonly fail: (answer: { errMsg: string }) => void
}

interface SaveOption {
  readonly tempFilePath: string
  readonly success: (answer: { savedFilePath: string }) => void
}

/** The files of a phone: photos to choose from, and what the app has downloaded. */
export class PhoneFiles {
  /** Paths handed to the app, with their bytes. */
  private readonly files = new Map<string, Buffer>()
  /** Addresses that were downloaded with success. */
  readonly downloaded: string[] = []
  private photos: Buffer[] = []
  private made = 0

  constructor(
    private readonly platform: MiniPlatform,
    /** Where the addresses of the build lead to. */
    private readonly portal: (address: string) => string,
  ) {}

  /** Makes the photos that the next opening of the picker gives. Noise, so that they are as large as real ones. */
  async choose(count: number): Promise<void> {
    this.photos = await Promise.all(
      Array.from({ length: count }, () =>
        sharp({
          create: {
            width: 900,
            height: 700,
            channels: 3,
            background: '#39526b',
            noise: { type: 'gaussian', mean: 120, sigma: 60 },
          },
        })
          .jpeg({ quality: 90 })
          .toBuffer(),
      ),
    )
  }

  later(): Record<string, LaterApi> {
    return {
      chooseMedia: () => ({
        type: 'image',
        tempFiles: this.take().map(({ path, bytes }) => ({
          tempFilePath: path,
          size: bytes.length,
          fileType: 'image',
        })),
      }),
      // A phone's Alipay names the paths only; their sizes must be asked for.
      chooseImage: () => ({ apFilePaths: this.take().map(({ path }) => path) }),
      getFileInfo: (option) => {
        const file = this.files.get(String(option['apFilePath'] ?? option['filePath']))
        if (!file) throw new NativeFailure({ error: 2, errorMessage: 'no such file' })
        return { size: file.length, digest: '' }
      },
      downloadFile: (option) => this.download(String(option['url']), option),
      previewImage: () => ({}),
      setClipboardData: () => ({}),
      setClipboard: () => ({}),
    }
  }

  direct(): Record<string, DirectApi> {
    const readFile = ({ filePath, position = 0, length, success, fail }: ReadOption): void => {
      const file = this.files.get(filePath)
      if (!file) return fail({ errMsg: `readFile:fail no such file ${filePath}` })
      const part = file.subarray(position, length === undefined ? file.length : position + length)
      success({ data: part.buffer.slice(part.byteOffset, part.byteOffset + part.length) as ArrayBuffer })
    }
    const manager = {
      readFile,
      // Both wallets move a file to a room that they do not clear; here it stays where it is.
      saveFile: ({ tempFilePath, success }: SaveOption) => success({ savedFilePath: tempFilePath }),
      removeSavedFile: () => undefined,
      getFileInfo: ({ filePath, success, fail }: ReadSize): void => {
        const file = this.files.get(filePath)
        if (file) success({ size: file.length })
        else fail({ errMsg: `getFileInfo:fail no such file ${filePath}` })
      },
    }
    return { getFileSystemManager: () => manager, pageScrollTo: () => undefined }
  }

  /** What the recorder has written; gives its path. */
  keepRecording(bytes: Buffer): string {
    return this.keep(bytes, 'mp3')
  }

  private take(): { path: string; bytes: Buffer }[] {
    const taken = this.photos
    this.photos = []
    return taken.map((bytes) => ({ path: this.keep(bytes), bytes }))
  }

  private keep(bytes: Buffer, ending = 'image'): string {
    this.made += 1
    const path = `${this.platform === 'weapp' ? 'wxfile://tmp_' : 'https://resource/'}${this.made}.${ending}`
    this.files.set(path, bytes)
    return path
  }

  private async download(url: string, option: Readonly<Record<string, unknown>>): Promise<object> {
    const headers = (option['header'] ?? option['headers'] ?? {}) as Record<string, string>
    const answer = await fetch(this.portal(url), { headers })
    const path = this.keep(Buffer.from(await answer.arrayBuffer()))
    if (answer.ok) this.downloaded.push(url)
    // WeChat hands over whatever came; Alipay calls a refusal a failure.
    if (this.platform === 'weapp') return { statusCode: answer.status, tempFilePath: path }
    if (!answer.ok) throw new NativeFailure({ error: 12, errorMessage: `http status ${answer.status}` })
    return { apFilePath: path }
  }
}
