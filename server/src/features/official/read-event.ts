import type { PushedMessage } from '../../platforms'
import type { AccountEvent } from './account-event'

/** What this feature makes of a pushed message; null for what concerns nobody here and is only acknowledged. */
export function readEvent(message: PushedMessage, oaAppId: string): AccountEvent | null {
  const { appId, dedupe, from: openid, at: happenedAt, content } = message
  const common = { appId, dedupe, openid, happenedAt }
  const channel = appId === oaAppId ? 'wechat-oa' : 'wechat-mini'
  switch (content.kind) {
    case 'text':
      return { ...common, kind: 'message', type: 'text', text: content.text, mediaId: null }
    case 'other':
      return {
        ...common,
        kind: 'message',
        type: content.type,
        text: content.words,
        mediaId: content.mediaId,
      }
    case 'enter-chat':
      return { ...common, kind: 'enter', sessionFrom: content.sessionFrom }
    case 'subscribe':
      return { ...common, kind: 'follow', scene: content.scene }
    case 'unsubscribe':
      return { ...common, kind: 'unfollow' }
    case 'scan':
      return { ...common, kind: 'scan', scene: content.scene }
    case 'click':
      return { ...common, kind: 'click', key: content.key }
    case 'template-result': {
      const { messageId: platformMessageId, state, code } = content
      return { ...common, kind: 'sent-report', channel, reports: [{ platformMessageId, state, code }] }
    }
    case 'subscription-results': {
      const reports = content.results.map(({ messageId, delivered, code }) => ({
        platformMessageId: messageId,
        state: delivered ? ('delivered' as const) : ('failed' as const),
        code,
      }))
      return { ...common, kind: 'sent-report', channel, reports }
    }
    case 'subscription-choices':
      return {
        ...common,
        kind: 'subscriptions',
        channel,
        where: content.where,
        choices: [...content.choices],
      }
    case 'person-changed':
      if (content.change === 'modified') return null
      return { ...common, openid: content.openid, kind: 'forget', because: content.change }
    default:
      return null
  }
}
