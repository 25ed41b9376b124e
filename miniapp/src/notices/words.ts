import { spoken } from '../language/spoken'
import { en } from './words.en'

const zh = {
  list: {
    title: '停供通知',
    search: '查一个地址',
    searchHolder: '小区名、楼号，例如：松海园',
    clear: '清除',
    found: (count: number) => `找到 ${count} 处`,
    calm: '没有停供通知，照常供应',
    nowhere: '没有找到这个地址',
    nowhereText: '换个说法试试，例如只写小区名。也可以打客服电话问。',
    mine: '我家的',
    followed: '我要通知的',
    all: '全部通知',
    anyCompany: '全部公司',
    empty: '现在没有停供通知',
    emptyText: '都照常供应。有计划停供会提前通知您。',
    elsewhere: '别处没有停供通知',
    mineEmpty: '您家没有停供通知，照常供应',
  },
  detail: {
    title: '停供通知',
    announcement: '公告',
    yours: '您家在范围内',
    notYours: '您绑定的户号不在范围内',
    when: '时间',
    why: '原因',
    where: '范围',
    number: '编号',
    more: (names: string, count: number) => `${names} 等 ${count} 处`,
    showMore: '看更多',
    phone: '咨询电话',
    call: '打电话',
    map: '位置示意',
    mapNote: '示意图，不是测绘',
    history: '更新记录',
    updated: (when: string) => `${when} 更新`,
    asOf: (when: string) => `截至${when}`,
    notify: '通知我',
    subscribed: '有变化会通知您',
    unsubscribe: '不用通知了',
    unsubscribed: '好的，不再通知',
    signIn: '登录后通知我',
  },
  share: {
    button: '告诉邻居',
    copied: '网址已复制，发给邻居就能看',
  },
} as const

/** What the pages of notices say (zh-CN); in a file of its own so that it travels with its subpackage. */
export const said = spoken(zh, en)
