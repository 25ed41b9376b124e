import Taro from '@tarojs/taro'
import { openFileBy } from './open-file-mini'
import type { OpenFilePlatform } from './types'

/** Alipay's reader is sure of PDF alone. */
export const openFile: OpenFilePlatform = openFileBy(
  (filePath) => Taro.openDocument({ filePath, fileType: 'pdf' }),
  ['pdf'],
)
