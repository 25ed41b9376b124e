import { spoken } from '../language/spoken'
import { en } from './waiting-words.en'

const zh = {
  count: (count: number) => `${count} 件事等网络恢复后发送`,
  told: (count: number) => `${count} 件等待的事有了结果`,
  title: '等待发送',
  rule: '网络恢复后或下次打开时自动发送，每件只办一次。',
  kept: (when: string) => `${when}记下，等网络恢复后发送`,
  done: (when: string) => `${when}已发送，办成了`,
  refused: (why: string) => `没有办成：${why}`,
  now: '现在就发',
  cancel: '不发了',
  cancelTitle: (title: string) => `不发“${title}”了？`,
  cancelText: '取消后不会再发送。如果刚才断网时已经送到，它可能已经办了，请到相应页面看看。',
  seen: '知道了',
}

/** What pages say of acts that wait for the network (zh-CN). */
export const said = spoken(zh, en)
