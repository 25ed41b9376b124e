import Taro from '@tarojs/taro'
import type { LoginPlatform } from './types'

export const login: LoginPlatform = {
  environment: 'wechat-mini',
  silent: true,
  takeTicket: () => null,
  prove: async () => ({ kind: 'code', channel: 'wechat-mini', code: (await Taro.login()).code }),
}
