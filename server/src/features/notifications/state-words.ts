import type { DeliveryRow, MessageState } from './entities'

/** What became of a message, as staff read it. */
export const MESSAGE_WORDS: Readonly<Record<MessageState, string>> = {
  due: '等待发送',
  sent: '已送达',
  inbox: '只在站内消息',
  unknown: '不确定是否送达',
  failed: '没有送达，站内消息可见',
  expired: '过期未推送，站内消息可见',
  cancelled: '已取消',
  dropped: '已解绑，没有发送',
}

export const DELIVERY_WORDS: Readonly<Record<DeliveryRow['state'] | 'sending', string>> = {
  sending: '正在发送',
  delivered: '已送达',
  refused: '对方未订阅或不接收',
  failed: '发送失败',
  unknown: '平台没有回应，不确定是否送达',
}
