import { create } from 'zustand'
import { newClientId } from '../api/act-ids'
import { read, write } from '../api/client'
import { ApiError, isOffline, isUnsure, localError, messageOf } from '../api/errors'
import { here } from '../platform/here'
import { keep } from '../platform/keep'
import { load, saveCache, saveSurely } from '../platform/storage'
import type { Picked } from '../platform/types'
import { tick } from '../state/now'
import { useSession } from '../state/session'
import { newUpload } from '../upload/plan'
import { uploadPorts } from '../upload/ports'
import { emptyOutbox } from './outbox'
import { Sender, type SenderState } from './sender'
import type { FieldAction, FieldOrder, Outbox, Today } from './types'
import { said } from './words'

interface FieldState {
  /** Whose day and queue these are. */
  owner: string
  today: Today | null
  /** When `today` came from the server. */
  savedAt: number
  /** Why nothing can be shown; null while something is. */
  problem: { code: string; message: string } | null
  offline: boolean
  outbox: Outbox
  sending: SenderState
}

const todayName = 'cache.field-today'

export const useField = create<FieldState>(() => ({
  owner: '',
  today: null,
  savedAt: 0,
  problem: null,
  offline: false,
  outbox: emptyOutbox,
  sending: 'idle',
}))

/** Whose queue this is: another person signing in on this telephone must not send it as theirs. */
const owner = (): string => load<string>('resident') ?? useSession.getState().me?.id ?? 'nobody'

/** The day of whoever is signed in now; somebody else's is never shown, not even for a moment. */
export const useToday = (): Today | null =>
  useField((state) => (state.owner === owner() ? state.today : null))

let current: { owner: string; sender: Sender } | null = null

/** The queue of whoever is signed in, as this telephone has kept it. */
export function sender(): Sender {
  const name = owner()
  if (current?.owner === name) return current.sender
  const keptName = `field-outbox.${name}`
  // Whoever signs in next must not send another's steps as their own; these wait for their owner.
  const assertMine = (): void => {
    if (owner() !== name) throw localError('offline')
  }
  const made = new Sender(
    {
      keep: (outbox) => saveSurely(keptName, outbox),
      send: async (actions) => {
        assertMine()
        return write('field.sync', { actions: [...actions] })
      },
      isUnsure,
      uploads: {
        ...uploadPorts,
        begin: async (upload) => {
          assertMine()
          return uploadPorts.begin(upload)
        },
        slice: async (path, position, length) => {
          await keep.wake(path)
          return uploadPorts.slice(path, position, length)
        },
        // Whoever has to sign in again first has lost nothing.
        judge: (error) =>
          error instanceof ApiError && error.code === 'sign_in_needed' ? 'lost' : uploadPorts.judge(error),
      },
      drop: keep.drop,
      gone: said.banner.lost,
    },
    load<Outbox>(keptName) ?? emptyOutbox,
  )
  current = { owner: name, sender: made }
  const kept = load<{ data: Today; savedAt: number }>(todayName)
  useField.setState({
    owner: name,
    outbox: made.outbox,
    sending: 'idle',
    today: kept?.data ?? null,
    savedAt: kept?.savedAt ?? 0,
  })
  made.listen(({ outbox, state, orders }) => {
    if (current?.sender !== made) return
    useField.setState({ outbox, sending: state })
    if (orders !== null) showOrders(orders)
  })
  return made
}

function showToday(today: Today): void {
  const savedAt = Date.now()
  saveCache(todayName, { data: today, savedAt })
  useField.setState({ today, savedAt, problem: null, offline: false })
  tick()
}

/** Orders as an answer to the queue has them; how far away they are only the day's own question tells. */
function showOrders(orders: readonly FieldOrder[]): void {
  const { today } = useField.getState()
  if (!today) return
  const far = new Map(today.orders.map(({ requestId, distanceM }) => [requestId, distanceM]))
  showToday({
    ...today,
    orders: orders.map((order) => ({
      ...order,
      distanceM: order.distanceM ?? far.get(order.requestId) ?? null,
    })),
  })
}

let asking: Promise<void> | null = null

/** Asks for the day once more. What is shown stays when no answer comes. */
export function refresh(): Promise<void> {
  asking ??= askToday().finally(() => {
    asking = null
  })
  return asking
}

async function askToday(): Promise<void> {
  const mine = sender()
  try {
    const consent = useField.getState().today?.worker.locationConsent === true
    // Where somebody is serves for distances only when they agreed to be asked at all.
    const place = consent ? await here.now() : null
    const today = await read('field.today', place === null ? {} : { latE6: place.latE6, lngE6: place.lngE6 })
    if (sender() !== mine) return
    showToday(today)
    mine.forgetOthers(today.orders.map(({ requestId }) => requestId))
  } catch (error) {
    const code = error instanceof ApiError ? error.code : 'garbled'
    // Not a worker any more: what is on the screen is no longer theirs to see.
    if (code === 'forbidden') useField.setState({ today: null })
    useField.setState({ offline: isOffline(error), problem: { code, message: messageOf(error) } })
  }
}

/** Notes down what was done, with the file that belongs to it, and sends it when there is a network. */
export async function doStep(
  requestId: string,
  action: FieldAction,
  picked: Picked | null = null,
): Promise<void> {
  const actionId = newClientId()
  try {
    const kept = picked === null ? null : await keep.keep(picked)
    sender().add({
      actionId,
      requestId,
      at: Date.now(),
      action,
      file: kept && {
        key: actionId,
        kind: kept.kind,
        path: kept.path,
        durationMs: kept.durationMs,
        upload: newUpload(kept.kind, kept.bytes, `${actionId}-f`),
      },
      refused: null,
    })
  } catch {
    throw new ApiError('no_room', said.record.noRoom)
  }
}

export async function grab(requestId: string): Promise<void> {
  await write('field.grab', { requestId })
  await refresh()
}

/** Changes something of the worker's own and shows it at once. */
export async function setPresence(presence: Today['worker']['presence']): Promise<void> {
  await write('field.setPresence', { presence })
  changeWorker({ presence })
}

export async function setLocationConsent(agreed: boolean): Promise<void> {
  await write('field.setLocationConsent', { agreed })
  changeWorker({ locationConsent: agreed })
}

function changeWorker(change: Partial<Today['worker']>): void {
  const { today } = useField.getState()
  if (today) showToday({ ...today, worker: { ...today.worker, ...change } })
}

/** Nothing of a worker's day stays on a telephone that is bound no more. */
export function forgetDay(): void {
  saveCache(todayName, null)
  useField.setState({ today: null, problem: null })
}
