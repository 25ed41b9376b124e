import Taro from '@tarojs/taro'
import type { SubscribePlatform } from './types'

const maxTemplates = 3

export const subscribe: SubscribePlatform = {
  ask: async (templates) => {
    const entityIds = templates.alipay.slice(0, maxTemplates)
    if (entityIds.length === 0) return null
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
