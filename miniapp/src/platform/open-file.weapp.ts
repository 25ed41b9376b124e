import Taro from '@tarojs/taro'
import { openFileBy } from './open-file-mini'
import type { OpenFilePlatform } from './types'

/** WeChat shows PDF and XLSX, and lets them be sent on from its menu. */
export const openFile: OpenFilePlatform = openFileBy(
  (filePath, fileType) =>
    Taro.openDocument({ filePath, fileType: fileType as 'pdf' | 'xlsx', showMenu: true }),
  ['pdf', 'xlsx'],
)
