import Taro from '@tarojs/taro'
import type { SubscribePlatform, SubscriptionAnswer } from './types'

/** WeChat takes at most three templates on all versions that still run. */
const maxTemplates = 3
const known = (answer: unknown): SubscriptionAnswer =>
  answer === 'accept' || answer === 'ban' || answer === 'filter'
    ? answer
    : String(answer).startsWith('accept')
      ? 'accept'
      : 'reject'

export const subscribe: SubscribePlatform = {
  ask: async (templates) => {
    const tmplIds = templates.wechat.slice(0, maxTemplates)
    if (tmplIds.length === 0) return null
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
