import Taro from '@tarojs/taro'
import type { UploadPlatform } from './types'

/** Both wallets read a part of a file; what an old one reads too much is cut off here. */
export const readSlice: UploadPlatform['slice'] = (path, position, length) =>
  new Promise((resolve, reject) => {
    Taro.getFileSystemManager().readFile({
      filePath: path,
      position,
      length,
      success: ({ data }) => {
        if (typeof data === 'string') reject(new Error('the file came as text'))
        else resolve(data.byteLength > length ? data.slice(position, position + length) : data)
      },
      fail: (error) => reject(new Error(error.errMsg)),
    })
  })

/** Closing the picker is no fault; both wallets report it as one, in different words. */
export function isCancel(error: unknown): boolean {
  const said = error as { errMsg?: unknown; error?: unknown } | null
  return /cancel/i.test(String(said?.errMsg)) || said?.error === 11
}
