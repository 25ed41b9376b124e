import Taro from '@tarojs/taro'
import type { KeepPlatform } from './types'

/** What a wallet picks or records lies in a room that it clears; this moves it to one that it does not. */
const moveForGood = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    Taro.getFileSystemManager().saveFile({
      tempFilePath: path,
      success: (answer) => resolve((answer as unknown as { savedFilePath: string }).savedFilePath),
      fail: (error) => reject(new Error(error.errMsg)),
    })
  })

export const miniKeep: KeepPlatform = {
  keep: async (file) => ({ ...file, path: await moveForGood(file.path) }),
  wake: async () => undefined,
  shown: (path) => path,
  drop: (path) => {
    Taro.getFileSystemManager().removeSavedFile({
      filePath: path,
      fail: () => {
        // It was gone already.
      },
    })
  },
}
