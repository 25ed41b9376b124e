import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

const menuItem = z.object({
  name: z.string(),
  /** What a tap does, in words: 打开页面 pages/bind/index, 回答“待缴金额”. */
  does: z.string(),
})

export const officialOperations = {
  'official.signPage': {
    method: 'GET',
    auth: 'public',
    summary: 'Signs one of our own pages for WeChat’s JS-SDK (scan, place) in its browser.',
    input: z.strictObject({
      /** The page as the browser loaded it; what follows # does not count. */
      url: z.url({ protocol: /^https?$/ }).max(1024),
    }),
    output: z.object({
      appId: z.string(),
      /** Seconds. */
      timestamp: z.int(),
      nonceStr: z.string(),
      signature: z.string(),
      jsApiList: z.array(z.string()),
    }),
  },
  'official.menu': {
    method: 'GET',
    auth: 'staff',
    summary: 'The official account’s menu as the configuration has it, and when which one was published.',
    input: shape.nothing,
    output: z.object({
      /** Whose menu it is: a company’s name, or the portal’s. */
      account: z.string(),
      buttons: z.array(menuItem.extend({ items: z.array(menuItem) })),
      published: z
        .object({
          at: shape.instant,
          byName: z.string(),
          /** Whether residents see what the configuration says now. */
          isCurrent: z.boolean(),
        })
        .nullable(),
      /** Whether I may publish: the account speaks for all its companies, so I must be responsible for all of them. */
      mayPublish: z.boolean(),
    }),
  },
  'official.publishMenu': {
    method: 'POST',
    auth: 'staff',
    audits: [],
    summary: 'Publishes the configured menu; followers see it within five minutes.',
    input: shape.act,
    output: z.object({ publishedAt: shape.instant }),
  },
} as const satisfies Operations
