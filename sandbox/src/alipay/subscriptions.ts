import type { AlipayAppConfig, Kernel, TemplateConfig } from '../kernel/kernel'

type Choice = 'accept' | 'reject'

interface Subscription {
  /** Messages still allowed; a long-term subscription is not counted down. */
  left: number
  longterm: boolean
}

/** The answer of my.requestSubscribeMessage: the success callback, or the fail callback with an error code. */
type SubscribeAnswer =
  | { ok: false; error: number; errorMessage: string }
  | ({ ok: true; behavior: 'subscribe' | 'cancel'; show: boolean; keep: boolean; refuse: boolean } & {
      result: Record<string, string[]>
    } & Record<string, unknown>)

function table(kernel: Kernel) {
  return kernel.store.table<Subscription>('alipay.subscriptions')
}

function owner(
  kernel: Kernel,
  templateId: string,
): { app: AlipayAppConfig; template: TemplateConfig } | undefined {
  for (const app of kernel.config.alipay.apps) {
    const template = app.templates.find((one) => one.id === templateId)
    if (template) return { app, template }
  }
  return undefined
}

/** How many messages of that template may still reach the person; Infinity for a long-term subscription. */
export function messagesLeft(kernel: Kernel, personId: string, templateId: string): number {
  const row = table(kernel).get(`${personId}|${templateId}`)
  if (!row) return 0
  return row.longterm ? Number.POSITIVE_INFINITY : row.left
}

/** Uses up one granted message. */
export function useMessage(kernel: Kernel, personId: string, templateId: string): void {
  const key = `${personId}|${templateId}`
  const row = table(kernel).get(key)
  if (row && !row.longterm) table(kernel).put(key, { ...row, left: row.left - 1 })
}

function record(kernel: Kernel, personId: string, template: TemplateConfig, choice: Choice): void {
  const key = `${personId}|${template.id}`
  const row = table(kernel).get(key)
  if (choice === 'reject') {
    if (row?.longterm) table(kernel).delete(key)
    return
  }
  // One-time grants add up, one message each (alipay.md 5.2).
  table(kernel).put(key, { left: (row?.left ?? 0) + 1, longterm: template.kind === 'longterm' })
}

/**
 * my.requestSubscribeMessage: `answer` is `accept`, `reject`, `cancel` (the panel was dismissed) or a choice per id.
 * At most three ids of one kind, all known (alipay.md 5.2).
 */
export function answerSubscribe(
  kernel: Kernel,
  request: { personId: string; entityIds: string[]; answer: string | Record<string, string> },
): SubscribeAnswer {
  const { personId, entityIds, answer } = request
  if (entityIds.length === 0 || entityIds.length > 3)
    return { ok: false, error: 203, errorMessage: '参数错误' }
  const templates = entityIds.map((id) => owner(kernel, id)?.template)
  const known = templates.filter((template) => template !== undefined)
  if (known.length !== entityIds.length) return { ok: false, error: 106008, errorMessage: '模板 ID 不合法' }
  if (new Set(known.map((template) => template.kind)).size > 1) {
    return { ok: false, error: 106002, errorMessage: '一次性与长期模板不能混用' }
  }
  if (answer === 'cancel') return { ok: false, error: 11, errorMessage: '用户取消' }
  const choices: Record<string, Choice> = {}
  for (const template of known) {
    const said = typeof answer === 'string' ? answer : answer[template.id]
    const choice: Choice = said === 'accept' ? 'accept' : 'reject'
    choices[template.id] = choice
    record(kernel, personId, template, choice)
  }
  const accepted = entityIds.filter((id) => choices[id] === 'accept')
  return {
    ok: true,
    behavior: 'subscribe',
    show: true,
    keep: false,
    refuse: accepted.length === 0,
    result: {
      subscribeEntityIds: entityIds,
      subscribedEntityIds: entityIds.filter((id) => messagesLeft(kernel, personId, id) > 0),
      unsubscribedEntityIds: entityIds.filter((id) => choices[id] === 'reject'),
      currentSubscribedEntityIds: accepted,
    },
    ...choices,
  }
}
