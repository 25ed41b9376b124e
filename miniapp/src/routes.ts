import Taro from '@tarojs/taro'
import { login } from './platform/login'

/** Every page's address, once. Tab pages are reached by switchTab, the rest live in subpackages. */
export const routes = {
  home: '/pages/home/index',
  bills: '/pages/bills/index',
  me: '/pages/me/index',
  bind: '/pages/bind/index',
  bill: '/pages/bill/index',
  cashier: '/pages/cashier/index',
  result: '/pages/result/index',
  records: '/pages/records/index',
  receipt: '/pages/receipt/index',
  messages: '/pages/messages/index',
  tariff: '/pages/tariff/index',
  privacy: '/pages/privacy/index',
  login: '/pages/login/index',
  report: '/requests/types/index',
  reportForm: '/requests/form/index',
  reportSent: '/requests/sent/index',
  requests: '/requests/list/index',
  request: '/requests/detail/index',
  rate: '/requests/rate/index',
  followLink: '/requests/link/index',
  notices: '/notices/list/index',
  notice: '/notices/detail/index',
  messageSettings: '/pages/switches/index',
  chat: '/chat/talk/index',
  chats: '/chat/list/index',
  help: '/chat/help/index',
  article: '/chat/article/index',
  code: '/codes/home/index',
  scan: '/hall/scan/index',
  meterReport: '/meter/report/index',
  meterResult: '/meter/result/index',
  meterHistory: '/meter/history/index',
  field: '/field/today/index',
  fieldOrder: '/field/order/index',
  fieldBind: '/field/bind/index',
  usage: '/usage/index/index',
  outlets: '/outlets/list/index',
  outlet: '/outlets/detail/index',
  ticket: '/outlets/ticket/index',
  statement: '/papers/statement/index',
  paymentReport: '/papers/report/index',
  proof: '/papers/proof/index',
  verify: '/papers/verify/index',
  invoices: '/invoices/list/index',
  invoiceRequest: '/invoices/request/index',
  invoiceTitles: '/invoices/titles/index',
  invoice: '/invoices/detail/index',
  heat: '/heat/home/index',
  heatCase: '/heat/case/index',
  heatSupply: '/heat/supply/index',
  heatStops: '/heat/stops/index',
  members: '/family/members/index',
  join: '/family/join/index',
  proxies: '/family/proxies/index',
  answer: '/family/answer/index',
  myPrivacy: '/privacy/home/index',
  leave: '/privacy/leave/index',
} as const
export type RouteName = keyof typeof routes

const tabs: readonly RouteName[] = ['home', 'bills', 'me']

const address = (name: RouteName, query: Record<string, string> = {}): string => {
  const text = Object.entries(query)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&')
  return text === '' ? routes[name] : `${routes[name]}?${text}`
}

/** Opens a page; a tab page takes no query. */
export function go(name: RouteName, query?: Record<string, string>): void {
  if (tabs.includes(name)) void Taro.switchTab({ url: routes[name] })
  else void Taro.navigateTo({ url: address(name, query) })
}

/** The same for what must stand before something else happens, such as leaving for a wallet's page. */
export const open = (name: RouteName, query?: Record<string, string>): Promise<unknown> =>
  Taro.navigateTo({ url: address(name, query) })

/** Opens a page in place of this one, so that "back" does not return here. */
export const replace = (name: RouteName, query?: Record<string, string>): Promise<unknown> =>
  Taro.redirectTo({ url: address(name, query) })

/** Opens one of our own pages named by a message of the server; anything else is not followed. */
export function goToPage(page: string): void {
  const path = page.split('?')[0] ?? ''
  const name = (Object.keys(routes) as RouteName[]).find((each) => routes[each] === path)
  if (!name) return
  if (tabs.includes(name)) void Taro.switchTab({ url: path })
  else void Taro.navigateTo({ url: page })
}

/** Where a retry of signing in leads: the wallet's own way, or the page for an SMS code. */
export const signsInByPhone = !login.silent
