import Taro from '@tarojs/taro'
import type { Picked, UploadPlatform } from './types'
import { isCancel, readSlice } from './upload-mini'

interface FileInfoApi {
  getFileInfo(option: {
    apFilePath: string
    success(answer: { size: number }): void
    fail(error: unknown): void
  }): void
}
declare const my: FileInfoApi

/** Older Alipay tells only where a file is, so its size is asked for. */
const sizeOf = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    my.getFileInfo({ apFilePath: path, success: ({ size }) => resolve(size), fail: reject })
  })

export const upload: UploadPlatform = {
  pickImages: async (most) => {
    try {
      const { tempFilePaths } = await Taro.chooseImage({ count: most, sizeType: ['compressed'] })
      return await Promise.all(
        tempFilePaths.map(
          async (path): Promise<Picked> => ({
            kind: 'image',
            path,
            bytes: await sizeOf(path),
            durationMs: null,
          }),
        ),
      )
    } catch (error) {
      if (isCancel(error)) return []
      throw error
    }
  },
  pickVideo: async (mostSeconds) => {
    try {
      const { tempFilePath, duration } = await Taro.chooseVideo({
        maxDuration: mostSeconds,
        compressed: true,
      })
      return {
        kind: 'video',
        path: tempFilePath,
        bytes: await sizeOf(tempFilePath),
        durationMs: Math.round(duration * 1000),
      }
    } catch (error) {
      if (isCancel(error)) return null
      throw error
    }
  },
  slice: readSlice,
}
