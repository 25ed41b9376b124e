import Taro from '@tarojs/taro'
import { login } from './login'
import type { SaveTablePlatform } from './types'

/** The wallets' own browsers keep no downloads, so there the table is copied. */
const asFile = (): boolean => login.environment === 'browser'

export const saveTable: SaveTablePlatform = {
  asFile,
  save: async (fileName, csv) => {
    if (!asFile()) {
      await Taro.setClipboardData({ data: csv.replace(/^\uFEFF/, '') })
      return
    }
    const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = address
    link.download = fileName
    link.click()
    // The browser has begun to read it by the next turn.
    setTimeout(() => URL.revokeObjectURL(address), 0)
  },
}
