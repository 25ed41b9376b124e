import Taro from '@tarojs/taro'
import { login } from './login'
import type { OpenFilePlatform } from './types'

/** A link that downloads; the wallets' own browsers keep no downloads, so there it is copied for another browser. */
export const openFile: OpenFilePlatform = {
  open: async (url, fileName) => {
    const address = new URL(url, window.location.href).href
    if (login.environment !== 'browser') {
      await Taro.setClipboardData({ data: address })
      return 'copied'
    }
    const link = document.createElement('a')
    link.href = address
    link.download = fileName
    link.click()
    return 'downloading'
  },
}
