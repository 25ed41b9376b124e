import { spoken } from '../../language/spoken'
import { en } from './words.en'

const zh = {
  title: '消息设置',
  lead: '关掉的不再推送，在“消息”里还看得到。',
  always: '一直提醒',
  email: {
    title: '收信的邮箱',
    none: '还没有留邮箱，可以不留',
    text: '微信或支付宝收不到时，发到这里。',
    add: '添加',
    change: '更换',
    remove: '删除',
    removeTitle: '不再发到这个邮箱？',
    removeText: '以后的通知只在微信、支付宝和这里的消息里。',
    removed: '已删除',
    label: '邮箱',
    holder: '例如：name@qq.com',
    wrong: '请填写正确的邮箱',
    save: '保存',
    saved: '已保存',
  },
  allowed: {
    title: (wallet: string) => `${wallet}里的停供提醒`,
    left: (count: number) => (count > 0 ? `还能提醒您 ${count} 次` : '提醒次数用完了'),
    more: '再加一次',
    done: '好的，已加上',
    refused: `没有加上。可以在右上角“…”的设置里允许消息。`,
  },
} as const

/** What the page of message settings says (zh-CN). */
export const said = spoken(zh, en)
