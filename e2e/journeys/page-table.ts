import { join } from 'node:path'
import { ROOT } from '../../scripts/sources'
import type { Everything } from './everything'

/** How a page is opened by its address, and a word (in either language) or an element that is there once it is complete. */
export interface Visit {
  readonly query?: (all: Everything) => Readonly<Record<string, string>>
  readonly sees: string | RegExp | { readonly id: string }
  /** It is asked for what is not there, so that the browser's own complaint is expected. */
  readonly isRefused?: boolean
  /** What is tapped to see more of it, and what stands there then. */
  readonly more?: { readonly tap: string; readonly sees: string | RegExp }
}

const of = (name: keyof Everything, as: string) => (all: Everything) => ({ [as]: all[name] })

/** Every resident page. What is not here is not measured, so that the journeys fail where one is missing. */
export const PAGES: Readonly<Record<string, readonly Visit[]>> = {
  'pages/home/index': [{ sees: { id: 'owed-total' } }],
  'pages/bills/index': [{ sees: { id: 'open-usage' } }],
  'pages/me/index': [{ sees: /我的户号|My accounts/ }],
  'pages/bind/index': [{ sees: /怎么证明|How to show it/ }],
  'pages/bill/index': [{ query: of('billId', 'billId'), sees: { id: 'pay-bill' } }],
  'pages/cashier/index': [{ query: of('billId', 'bills'), sees: { id: 'pay-now' } }],
  'pages/result/index': [{ query: of('paymentId', 'paymentId'), sees: /缴费成功|^Paid$/ }],
  'pages/records/index': [{ sees: /已缴费|^Paid$/ }],
  'pages/receipt/index': [{ query: of('paymentId', 'paymentId'), sees: { id: 'receipt-capitals' } }],
  'pages/messages/index': [{ sees: /消息设置|Message settings/ }],
  'pages/switches/index': [{ sees: /收信的邮箱|E-mail address/ }],
  'pages/tariff/index': [{ sees: /违约金|Late fee/ }],
  'pages/privacy/index': [{ sees: /您已同意|You have agreed/ }],
  'pages/login/index': [{ query: () => ({ mode: 'link' }), sees: { id: 'log-in' } }],
  'requests/types/index': [{ sees: '故障报修' }],
  'requests/form/index': [
    {
      query: () => ({ companyId: 'heating', typeId: 'not-hot' }),
      sees: /和大家一起报|together with others/,
      more: { tap: 'report-anyway', sees: /我们承诺|We promise/ },
    },
    { query: () => ({ companyId: 'heating', typeId: 'main-burst' }), sees: { id: 'danger-call' } },
  ],
  'requests/sent/index': [{ query: of('requestId', 'id'), sees: { id: 'sent-number' } }],
  'requests/list/index': [{ sees: '暖气不热' }],
  'requests/detail/index': [
    { query: of('requestId', 'id'), sees: { id: 'request-state' } },
    { query: of('resolvedId', 'id'), sees: { id: 'rate-card' } },
  ],
  'requests/rate/index': [
    { query: (all) => ({ id: all.resolvedId, stars: '2' }), sees: { id: 'submit-rating' } },
  ],
  'requests/link/index': [{ query: of('linkToken', 'token'), sees: '电话里说老人怕冷' }],
  'notices/list/index': [{ sees: /我家的|My home/ }],
  'notices/detail/index': [{ query: of('noticeId', 'noticeId'), sees: /通知我|Tell me/ }],
  'chat/talk/index': [{ sees: /大家常问|Often asked/ }],
  'chat/list/index': [{ sees: /找在线客服|Start a chat/ }],
  'chat/help/index': [{ sees: /大家常问|Often asked/ }],
  'chat/article/index': [{ query: of('articleId', 'articleId'), sees: { id: 'article-title' } }],
  'codes/home/index': [
    { query: of('codeToken', 't'), sees: { id: 'code-home' } },
    { query: () => ({ t: 'A'.repeat(28) }), sees: { id: 'code-not-known' }, isRefused: true },
  ],
  'usage/index/index': [
    { query: of('heating', 'householdId'), sees: /每季热费|Heating fee by season/ },
    { query: of('gas', 'householdId'), sees: { id: 'usage-export' } },
  ],
  'meter/report/index': [{ query: of('gas', 'householdId'), sees: { id: 'submit-reading' } }],
  'meter/result/index': [{ query: of('readingId', 'readingId'), sees: { id: 'reading-result' } }],
  'meter/history/index': [{ query: of('gas', 'householdId'), sees: /抄表记录|Meter readings/ }],
  'heat/home/index': [{ sees: /家里冷，申请测温|Home is cold/ }],
  'heat/case/index': [{ query: of('caseId', 'id'), sees: { id: 'case-state' } }],
  'heat/supply/index': [
    { query: (all) => ({ householdId: all.heating, kind: 'stop' }), sees: { id: 'supply-submit' } },
  ],
  'heat/stops/index': [{ query: of('heating', 'householdId'), sees: /没有可以退的停热时间|No heat outage/ }],
  'hall/scan/index': [{ sees: /二维码|扫|scan the code/ }],
  'papers/statement/index': [{ query: of('gas', 'householdId'), sees: { id: 'statement-sums' } }],
  'papers/report/index': [{ query: of('gas', 'householdId'), sees: { id: 'report-totals' } }],
  'papers/proof/index': [
    {
      query: (all) => ({ paymentId: all.paymentId, householdId: all.gas }),
      sees: { id: 'make-proof' },
      more: { tap: 'make-proof', sees: /验证码|^Code$/ },
    },
  ],
  'papers/verify/index': [{ query: of('proofCode', 'code'), sees: { id: 'verdict' } }],
  'outlets/list/index': [{ sees: { id: 'outlets-open-only' } }],
  'outlets/detail/index': [{ query: of('outletId', 'id'), sees: { id: 'outlet-hours' } }],
  'outlets/ticket/index': [{ query: of('ticketId', 'id'), sees: { id: 'ticket-standing' } }],
  'privacy/home/index': [{ sees: { id: 'ask-copy' } }],
  'privacy/leave/index': [{ sees: { id: 'ask-closure' } }],
  'invoices/list/index': [{ sees: { id: 'ask-invoice' } }],
  'invoices/request/index': [{ sees: /发票|invoice/i }],
  'invoices/titles/index': [{ sees: '程微' }],
  'invoices/detail/index': [{ query: of('invoiceId', 'id'), sees: /价税合计|Total with tax/ }],
  'family/members/index': [{ query: of('gas', 'householdId'), sees: { id: 'members' } }],
  'family/join/index': [
    { query: () => ({ token: 'A'.repeat(43) }), sees: /请让|Could not load/, isRefused: true },
  ],
  'family/proxies/index': [{ sees: { id: 'ask-proxy' } }],
  'family/answer/index': [{ query: of('proxyToken', 'token'), sees: /您自己|your own/ }],
  'field/today/index': [{ sees: /我的|Mine/ }],
  'field/order/index': [{ query: of('orderId', 'id'), sees: { id: 'set-out' } }],
  'field/bind/index': [{ sees: /绑定码|Link code/ }],
}

interface AppConfig {
  readonly pages: readonly string[]
  readonly subPackages: readonly { readonly root: string; readonly pages: readonly string[] }[]
}

/** The pages of the app itself, as its own configuration names them. */
export function pagesOfApp(): readonly string[] {
  Object.assign(globalThis, { defineAppConfig: (config: AppConfig) => config })
  const path = join(ROOT, 'miniapp/src/app.config.ts')
  const { default: config } = require(path) as { default: AppConfig }
  return [
    ...config.pages,
    ...config.subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
  ]
}

/** What the table and the app do not agree on. */
export function tableFaults(): string[] {
  const pages = pagesOfApp()
  const known = Object.keys(PAGES)
  return [
    ...pages.filter((page) => !known.includes(page)).map((page) => `page-table.ts has no entry for ${page}`),
    ...known.filter((page) => !pages.includes(page)).map((page) => `the app has no page ${page}`),
  ]
}
