import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/** Filters as they stand in an address. What somebody searched for may be a telephone number, so it is kept nowhere. */
export const keptQuery = z
  .string()
  .max(500)
  .refine((text) => !new URLSearchParams(text).get('q'), '有搜索词时不能导出或保存，请清空搜索，改用筛选条件')

const savedViews = z.object({
  views: z.array(
    z.object({ id: shape.id, name: z.string(), query: z.string(), shared: z.boolean(), mine: z.boolean() }),
  ),
})
const reply = z.object({
  id: shape.id,
  companyId: shape.companyId.nullable(),
  title: z.string(),
  /** With the variables {{编号}} {{类型}} {{住址}} {{状态}} {{最迟时间}} {{师傅}} {{客服}} and no other. */
  text: z.string(),
  typeIds: z.array(z.string()),
  /** The text with the facts of the request that was asked with; null without one. */
  filled: z.string().nullable(),
})
const replies = z.object({ templates: z.array(reply), variables: z.array(z.string()) })

export const viewOperations = {
  'views.list': {
    method: 'GET',
    auth: 'staff',
    summary: 'My saved views and those shared with my companies.',
    input: shape.nothing,
    output: savedViews,
  },
  'views.save': {
    method: 'POST',
    auth: 'staff',
    summary: 'Keeps the filters of the address under a name, or throws a view of mine away (`query` null).',
    input: shape.act.extend({
      viewId: shape.id.nullable(),
      name: z.string().trim().min(1).max(20),
      query: keptQuery.nullable(),
      shared: z.boolean(),
    }),
    output: savedViews,
    audits: ['name', 'shared'],
  },
  'replies.list': {
    method: 'GET',
    auth: 'staff',
    summary: 'Reply templates of my companies; with a request those that fit it, filled in.',
    input: z.strictObject({ companyId: shape.companyId.optional(), requestId: shape.id.optional() }),
    output: replies,
  },
  'replies.save': {
    method: 'POST',
    auth: 'staff',
    summary: 'Makes or changes a reply template; an unknown variable is refused. `text` null throws it away.',
    input: shape.act.extend({
      templateId: shape.id.nullable(),
      companyId: shape.companyId.nullable(),
      title: z.string().trim().min(2).max(30),
      text: z.string().trim().max(500).nullable(),
      typeIds: z.array(z.string().max(32)).max(20),
    }),
    output: replies,
    audits: ['templateId', 'title'],
  },
} as const satisfies Operations
