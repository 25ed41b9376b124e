import Taro from '@tarojs/taro'
import type { Picked, UploadPlatform } from './types'
import { isCancel, readSlice } from './upload-mini'

/** Taro hands this call on as it is, without a promise of its own, so the callbacks are the answer. */
const choose = (option: Taro.chooseMedia.Option): Promise<Taro.chooseMedia.ChooseMedia[]> =>
  new Promise((resolve, reject) => {
    Taro.chooseMedia({
      sourceType: ['album', 'camera'],
      ...option,
      success: ({ tempFiles }) => resolve(tempFiles),
      fail: (error) => (isCancel(error) ? resolve([]) : reject(new Error(error.errMsg))),
    })
  })

export const upload: UploadPlatform = {
  pickImages: async (most) =>
    (await choose({ count: most, mediaType: ['image'], sizeType: ['compressed'] })).map(
      (file): Picked => ({ kind: 'image', path: file.tempFilePath, bytes: file.size, durationMs: null }),
    ),
  pickVideo: async (mostSeconds) => {
    const [file] = await choose({ count: 1, mediaType: ['video'], maxDuration: mostSeconds })
    if (!file) return null
    const durationMs = Math.round(file.duration * 1000)
    return { kind: 'video', path: file.tempFilePath, bytes: file.size, durationMs }
  },
  slice: readSlice,
}
