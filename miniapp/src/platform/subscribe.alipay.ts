import Taro from '@tarojs/taro'
import type { SubscribePlatform } from './types'

export const subscribe: SubscribePlatform = {
  ask: async (templateIds) => {
    const entityIds = [...templateIds]
    try {
      const said = { ...(await Taro.requestSubscribeMessage({ entityIds, tmplIds: [] })) } as Record<
        string,
        unknown
      >
      return {
        channel: 'alipay-mini',
        answers: entityIds.map((templateId) => ({
          templateId,
          answer: said[templateId] === 'accept' ? 'accept' : 'reject',
        })),
      }
    } catch {
      // Asking is a courtesy; a payment never fails because of it.
      return null
    }
  },
}
