import Taro from '@tarojs/taro'
import type { FileFormat, OpenFilePlatform } from './types'

/** Brings the file onto the phone and opens it with what the wallet has; other kinds are for a browser. */
export const openFileBy = (
  shown: (filePath: string, fileType: FileFormat) => Promise<unknown>,
  can: readonly FileFormat[],
): OpenFilePlatform => ({
  open: async (url, _fileName, format) => {
    if (!can.includes(format)) {
      await Taro.setClipboardData({ data: url })
      return 'copied'
    }
    const { tempFilePath, statusCode } = await Taro.downloadFile({ url })
    if (statusCode !== undefined && statusCode !== 200) throw new Error(`the file came with ${statusCode}`)
    await shown(tempFilePath, format)
    return 'opened'
  },
})
