import Taro from '@tarojs/taro'
import type { SubscribePlatform, SubscriptionAnswer } from './types'

const known = (answer: unknown): SubscriptionAnswer =>
  answer === 'accept' || answer === 'ban' || answer === 'filter'
    ? answer
    : String(answer).startsWith('accept')
      ? 'accept'
      : 'reject'

export const subscribe: SubscribePlatform = {
  ask: async (templateIds) => {
    const tmplIds = [...templateIds]
    try {
      const said = { ...(await Taro.requestSubscribeMessage({ tmplIds, entityIds: [] })) } as Record<
        string,
        unknown
      >
      return {
        channel: 'wechat-mini',
        answers: tmplIds.map((templateId) => ({ templateId, answer: known(said[templateId]) })),
      }
    } catch {
      // Asking is a courtesy; a payment never fails because of it.
      return null
    }
  },
}
