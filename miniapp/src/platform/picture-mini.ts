import Taro from '@tarojs/taro'
import type { Brush, PicturePlatform } from './types'

/** Both wallets draw on a canvas that is never shown, and put the picture into the album. */
export const miniPicture: PicturePlatform = {
  save: async (width, height, draw) => {
    const canvas = Taro.createOffscreenCanvas({ type: '2d', width, height })
    draw(canvas.getContext('2d') as unknown as Brush)
    const { tempFilePath } = await Taro.canvasToTempFilePath({
      canvas: canvas as never,
      x: 0,
      y: 0,
      width,
      height,
      destWidth: width,
      destHeight: height,
      fileType: 'png',
    })
    await Taro.saveImageToPhotosAlbum({ filePath: tempFilePath })
    return 'saved'
  },
  fetch: async (url, headers) => {
    const answer = await Taro.downloadFile({ url, header: headers })
    // WeChat calls a refusal a success, and its words would be shown as a broken picture.
    const status: unknown = answer.statusCode
    if (typeof status === 'number' && status >= 400) throw new Error(`refused with ${status}`)
    return answer.tempFilePath
  },
}
