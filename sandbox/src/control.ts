import { Router } from '@koa/router'
import type { Context } from 'koa'
import { answerControl, ControlRefusal, controlBody, requiredText } from './control-answer'
import type { FaultRule, Kernel, Person, PhoneMessage } from './kernel/kernel'

const PHONES: PhoneMessage['phone'][] = ['wechat', 'alipay', 'sms']

function state(kernel: Kernel): object {
  return {
    seed: kernel.random.seed,
    clock: clockState(kernel),
    people: kernel.people.list(),
    faults: { active: kernel.faults.active(), catalogue: kernel.faults.catalogue },
    pending: kernel.notifier.pending(),
    timers: kernel.clock.pending().slice(0, 100),
  }
}

function clockState(kernel: Kernel): object {
  return { nowMs: kernel.clock.now(), leadMs: kernel.clock.leadMs(), speed: kernel.clock.speed() }
}

async function moveClock(kernel: Kernel, body: Record<string, unknown>): Promise<object> {
  const { advanceMs, speed, stampBy } = body
  if (speed !== undefined) {
    if (typeof speed !== 'number' || !(speed >= 0) || speed > 1_000_000) {
      throw new ControlRefusal(400, 'speed 应是 0 到 1000000 的数')
    }
    kernel.clock.setSpeed(speed)
  }
  if (stampBy === 'machine' || stampBy === 'virtual') kernel.clock.stampBy(stampBy)
  if (advanceMs !== undefined) {
    if (typeof advanceMs !== 'number' || !(advanceMs >= 0))
      throw new ControlRefusal(400, 'advanceMs 应是毫秒数')
    await kernel.clock.advance(advanceMs)
  }
  return clockState(kernel)
}

function setFault(kernel: Kernel, body: Record<string, unknown>): object {
  const { probability, times, params } = body
  const rule: FaultRule = { name: requiredText(body, 'name') }
  if (typeof probability === 'number') rule.probability = probability
  if (typeof times === 'number') rule.times = times
  if (typeof params === 'object' && params !== null) rule.params = params as Record<string, unknown>
  if (!kernel.faults.catalogue.some((entry) => entry.name === rule.name)) {
    throw new ControlRefusal(400, `没有这种故障：${rule.name}`)
  }
  kernel.faults.set(rule)
  return { active: kernel.faults.active() }
}

function putPerson(kernel: Kernel, body: Record<string, unknown>): object {
  const id = requiredText(body, 'id')
  const known = kernel.people.get(id)
  const text = (key: string, usual: string | null): string | null => {
    const value = body[key]
    return value === null || typeof value === 'string' ? value : usual
  }
  const person: Person = {
    id,
    name: text('name', known?.name ?? null) ?? id,
    phone: text('phone', known?.phone ?? null),
    unionid: text('unionid', known?.unionid ?? null),
    openids: known?.openids ?? {},
    alipayUserId: text('alipayUserId', known?.alipayUserId ?? null) ?? `2088${kernel.random.digits(12)}`,
    alipayOpenIds: known?.alipayOpenIds ?? {},
    ...((body['snapshot'] ?? known?.snapshot) ? { snapshot: true } : {}),
  }
  kernel.people.put(person)
  return person
}

function inbox(kernel: Kernel, query: URLSearchParams): object {
  const phone = PHONES.find((one) => one === query.get('phone'))
  return { messages: kernel.inbox.list(query.get('personId') ?? undefined, phone) }
}

/** What people and tests steer the sandbox with, under /control. */
export function controlRoutes(kernel: Kernel): Router {
  const router = new Router()
  const get = (path: string, act: (ctx: Context) => unknown): void => {
    router.get(path, (ctx) => answerControl(ctx as unknown as Context, () => act(ctx as unknown as Context)))
  }
  const post = (path: string, act: (body: Record<string, unknown>) => unknown): void => {
    router.post(path, (ctx) =>
      answerControl(ctx as unknown as Context, () => act(controlBody(ctx as unknown as Context))),
    )
  }
  get('/state', () => state(kernel))
  post('/clock', (body) => moveClock(kernel, body))
  get('/faults', () => ({ active: kernel.faults.active(), catalogue: kernel.faults.catalogue }))
  post('/faults', (body) => setFault(kernel, body))
  router.delete('/faults/:name', (ctx) =>
    answerControl(ctx as unknown as Context, () => {
      kernel.faults.clear(String(ctx.params['name']))
      return { active: kernel.faults.active() }
    }),
  )
  get('/inbox', (ctx) => inbox(kernel, new URLSearchParams(ctx.querystring)))
  get('/callbacks', () => ({ tries: kernel.notifier.log(), pending: kernel.notifier.pending() }))
  router.post('/callbacks/:key/resend', (ctx) =>
    answerControl(ctx as unknown as Context, async () => {
      const key = String(ctx.params['key'])
      if (!(await kernel.notifier.resend(key))) throw new ControlRefusal(404, '没有这个回调')
      return { tries: kernel.notifier.log().filter((one) => one.key === key) }
    }),
  )
  get('/people', () => ({ people: kernel.people.list() }))
  post('/people', (body) => putPerson(kernel, body))
  get('/money', () => ({ taken: kernel.money.taken() }))
  return router
}
