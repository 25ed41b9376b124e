import Taro from '@tarojs/taro'
import type { SaveTablePlatform } from './types'

/** A mini-program opens no CSV file; what is copied can be pasted into a sheet, a note or a chat. */
export const saveTable: SaveTablePlatform = {
  asFile: () => false,
  save: async (_fileName, csv) => {
    await Taro.setClipboardData({ data: csv.replace(/^\uFEFF/, '') })
  },
}
