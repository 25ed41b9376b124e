import { createHmac } from 'node:crypto'
import { Router } from '@koa/router'
import { answerControl, controlBody, ControlRefusal, requiredText } from '../control-answer'
import type { Kernel } from '../kernel/kernel'

/**
 * A call centre's switch, one line for each company. A person plays it at /switch: somebody rings, is put through to a
 * telephone, is answered, goes on to another, hangs up. Each step is told to the portal as docs/operations.md says,
 * signed and repeated until the portal answers 204.
 */
export interface SwitchCall {
  id: string
  companyId: string
  from: string | null
  extension: string | null
  startedAt: number
  answeredAt: number | null
  endedAt: number | null
  /** How many events of it were told. */
  told: number
}

const RETRY_GAPS_MS = [1_000, 5_000, 30_000, 120_000]

function calls(kernel: Kernel) {
  return kernel.store.table<SwitchCall>('switch.calls')
}

/** True time, also in a sandbox whose own was moved: a switch has a clock of its own. */
function nowOf(kernel: Kernel): number {
  return kernel.clock.now() - kernel.clock.leadMs()
}

/** GET /control/switch, POST /control/switch/ring, POST /control/switch/:id/(connect|answer|hang-up). */
export function switchControl(kernel: Kernel): Router {
  const router = new Router()
  router.get('/switch', (ctx) => {
    const companies = kernel.config.switches.map(({ companyId }) => companyId)
    ctx.body = { companies, calls: calls(kernel).all().toReversed() }
  })
  router.post('/switch/ring', (ctx) => answerControl(ctx, () => ring(kernel, controlBody(ctx))))
  router.post('/switch/:id/:step', (ctx) => {
    const { id = '', step = '' } = ctx.params
    return answerControl(ctx, () => goOn(kernel, { id, step }, controlBody(ctx)))
  })
  return router
}

function ring(kernel: Kernel, body: Record<string, unknown>): SwitchCall {
  const companyId = requiredText(body, 'companyId')
  if (!kernel.config.switches.some((line) => line.companyId === companyId))
    throw new ControlRefusal(400, '这家公司没有接交换机')
  const call: SwitchCall = {
    id: `sw-${kernel.random.hex(12)}`,
    companyId,
    from: numberOf(body['from']),
    extension: extensionOf(body['extension']),
    startedAt: nowOf(kernel),
    answeredAt: null,
    endedAt: null,
    told: 0,
  }
  return tell(kernel, call)
}

function numberOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value !== 'string' || !/^\+?\d{3,20}$/.test(value)) throw new ControlRefusal(400, '号码不对')
  return value
}

function extensionOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value !== 'string' || !/^\d{2,8}$/.test(value))
    throw new ControlRefusal(400, '分机号是2到8位数字')
  return value
}

function goOn(
  kernel: Kernel,
  { id, step }: { id: string; step: string },
  body: Record<string, unknown>,
): SwitchCall {
  const call = calls(kernel).get(id)
  if (!call) throw new ControlRefusal(404, '没有这通电话')
  if (call.endedAt !== null) throw new ControlRefusal(409, '这通电话已经挂了')
  switch (step) {
    case 'connect':
      return tell(kernel, { ...call, extension: extensionOf(body['extension']) ?? call.extension })
    case 'answer': {
      if (call.extension === null) throw new ControlRefusal(409, '还没有转到分机')
      return tell(kernel, { ...call, answeredAt: call.answeredAt ?? nowOf(kernel) })
    }
    case 'hang-up':
      return tell(kernel, { ...call, endedAt: nowOf(kernel) })
    default:
      throw new ControlRefusal(404, '没有这一步')
  }
}

/** Keeps the step and tells the portal all that is known of the call by now. */
function tell(kernel: Kernel, next: SwitchCall): SwitchCall {
  const call = { ...next, told: next.told + 1 }
  calls(kernel).put(call.id, call)
  const line = kernel.config.switches.find(({ companyId }) => companyId === call.companyId)
  if (!line) return call
  const { id: callId, from, extension, startedAt, answeredAt, endedAt } = call
  const body = JSON.stringify({
    callId,
    at: nowOf(kernel),
    from,
    extension,
    startedAt,
    answeredAt,
    endedAt,
  })
  kernel.notifier.deliver({
    key: `switch:${callId}:${call.told}`,
    url: line.url,
    gapsMs: RETRY_GAPS_MS,
    make: () => {
      const timestamp = String(Math.floor(nowOf(kernel) / 1000))
      const signature = createHmac('sha256', line.secret).update(`${timestamp}.${body}`).digest('hex')
      return {
        headers: {
          'Content-Type': 'application/json',
          'X-Yihu-Timestamp': timestamp,
          'X-Yihu-Signature': signature,
        },
        body,
      }
    },
    accepted: (status) => status === 204,
  })
  return call
}
