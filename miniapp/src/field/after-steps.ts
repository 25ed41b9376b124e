import type { FieldOrder, Outbox, Step } from './types'

/** Pure: what an order looks like once the steps that wait have been done. The server has the last word. */
export function afterSteps(order: FieldOrder, outbox: Outbox): FieldOrder {
  return outbox.waiting
    .filter((step) => step.requestId === order.requestId && step.refused === null)
    .reduce((shown, step) => afterStep(shown, step, outbox), order)
}

function afterStep(order: FieldOrder, { action, at }: Step, outbox: Outbox): FieldOrder {
  switch (action.kind) {
    case 'take':
      return { ...order, answerBy: null }
    case 'set-out':
      return { ...order, state: 'on-the-way' }
    case 'arrive':
      return { ...order, state: 'on-site' }
    case 'hold':
      return { ...order, state: 'on-hold' }
    case 'resume':
      return { ...order, state: beforeHold(order.requestId, outbox) }
    case 'check':
      return { ...order, checklist: ticked(order.checklist, action.index, action.done) }
    case 'photo':
      return action.role === 'after' ? without(order, 'after-photo') : order
    case 'signature':
    case 'refusal':
      return without(order, 'signature')
    case 'reading': {
      const { room, tenths, heightCm = null, windowsClosedSince = null } = action
      const read = { at, room, tenths, heightCm, windowsClosedSince }
      return { ...without(order, 'reading'), readings: [...order.readings, read] }
    }
    case 'part': {
      const { name, count, priceFen } = action
      return { ...order, parts: [...order.parts, { name, count, priceFen }] }
    }
    case 'charge':
      return { ...order, charge: { what: action.what, amountFen: action.amountFen, paid: false } }
    case 'resolve':
      return { ...order, state: 'resolved' }
    case 'give-back':
    case 'pass-on':
      return { ...order, state: 'returned' }
    default:
      return order
  }
}

const without = (order: FieldOrder, need: FieldOrder['evidence'][number]): FieldOrder => ({
  ...order,
  missing: order.missing.filter((each) => each !== need),
})

/** Where it was when it was put on hold, as far as this telephone knows; orders are mostly held on site. */
function beforeHold(requestId: string, outbox: Outbox): FieldOrder['state'] {
  const kinds = [...outbox.done, ...outbox.waiting]
    .filter((step) => step.requestId === requestId)
    .map(({ action }) => action.kind)
  const before = kinds.slice(0, kinds.lastIndexOf('hold'))
  const last = before.filter((kind) => kind === 'take' || kind === 'set-out' || kind === 'arrive').pop()
  if (last === 'set-out') return 'on-the-way'
  return last === 'take' ? 'dispatched' : 'on-site'
}

const ticked = (list: FieldOrder['checklist'], index: number, done: boolean): FieldOrder['checklist'] =>
  list.map((line, at) => (at === index ? { ...line, done } : line))

const over: readonly FieldOrder['state'][] = ['resolved', 'returned', 'cancelled', 'closed', 'merged']

/** Whether the worker still has something to do here. */
export const isOpen = (order: FieldOrder): boolean => !over.includes(order.state)

/** What was written down on this order here: sent or not, without what was refused. */
export const stepsOf = (requestId: string, outbox: Outbox): readonly Step[] =>
  [...outbox.done, ...outbox.waiting].filter((step) => step.requestId === requestId && step.refused === null)

const workersRoles: readonly string[] = ['before', 'after', 'signature', 'voice']

/** What residents and the desk have shown of it. */
export const filesOfResidents = (order: FieldOrder): FieldOrder['files'] =>
  order.files.filter(({ role }) => !workersRoles.includes(role))

/** Photos of before or after that the server has and this telephone did not take, such as a colleague's. */
export function shotsElsewhere(
  order: FieldOrder,
  outbox: Outbox,
  role: 'before' | 'after',
): FieldOrder['files'] {
  const own = new Set(stepsOf(order.requestId, outbox).map(({ file }) => file?.upload.fileId))
  return order.files.filter((file) => file.role === role && !own.has(file.fileId))
}

export type SortBy = 'time' | 'distance'

const never = Number.MAX_SAFE_INTEGER

/** When the order must be dealt with: the offer's end, the visit, or the promise that is due next. */
export function dueOf(order: FieldOrder): number {
  const promises = order.clocks.filter(({ state }) => state === 'running').map(({ dueAt }) => dueAt ?? never)
  return Math.min(order.answerBy ?? never, order.appointment?.slot.endsAt ?? never, ...promises)
}

/** Danger first, then by what was asked for. Orders whose distance nobody knows come last. */
export function sorted(orders: readonly FieldOrder[], by: SortBy): FieldOrder[] {
  const key = (order: FieldOrder): number => (by === 'time' ? dueOf(order) : (order.distanceM ?? never))
  const urgent = (order: FieldOrder): number => (order.priority === 1 ? 0 : 1)
  return [...orders].sort((a, b) => urgent(a) - urgent(b) || key(a) - key(b))
}

/** The offer that runs out first; it covers the page until it is answered. */
export function offerOf(orders: readonly FieldOrder[], nowMs: number): FieldOrder | null {
  const open = orders.filter(({ answerBy }) => answerBy !== null && answerBy > nowMs)
  return [...open].sort((a, b) => (a.answerBy ?? never) - (b.answerBy ?? never))[0] ?? null
}
