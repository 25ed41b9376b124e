import type { Context } from 'koa'

/** A refusal of the control API; the message is for people. */
export class ControlRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** The body of a control request as an object; an empty body is an empty object. */
export function controlBody(ctx: Context): Record<string, unknown> {
  const text = (ctx.state['rawBody'] as Buffer).toString('utf8')
  if (text.trim() === '') return {}
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    parsed = null
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ControlRefusal(400, '请求体应是一个 JSON 对象')
  }
  return parsed as Record<string, unknown>
}

/** A string field, refused with 400 when absent. */
export function requiredText(body: Record<string, unknown>, key: string): string {
  const value = body[key]
  if (typeof value !== 'string' || value === '') throw new ControlRefusal(400, `缺少 ${key}`)
  return value
}

/** Runs a control act and answers its result as JSON; a refusal is `{message}` with its status. */
export async function answerControl(ctx: Context, act: () => unknown): Promise<void> {
  try {
    const result = await act()
    ctx.status = 200
    ctx.body = result ?? { ok: true }
  } catch (error) {
    if (!(error instanceof ControlRefusal)) throw error
    ctx.status = error.status
    ctx.body = { message: error.message }
  }
}
