import { create } from 'zustand'
import { answered, newClientId } from '../api/act-ids'
import { connectWaiting, sendAct } from '../api/client'
import { ApiError, isUnsure, messageOf } from '../api/errors'
import type { WriteName } from '../api/types'
import { network } from '../platform/network'
import { load, saveSurely } from '../platform/storage'
import { isSignedIn, useSession } from './session'
import { type Waiting, WaitingLine } from './waiting-line'
import { waitingTitle } from './waits'

const key = 'waiting-acts'
const nothing: Waiting = { acts: [], told: [] }

/** The acts that wait for the network, for pages to show. */
export const useWaiting = create<Waiting>(() => load<Waiting>(key) ?? nothing)

/** What passes by itself: asked again at the next chance instead of being told as a refusal. */
const passing = ['rate_limited', 'sign_in_needed', 'unauthenticated']

export const waitingLine = new WaitingLine({
  load: () => load<Waiting>(key) ?? nothing,
  keep: (waiting) => saveSurely(key, waiting),
  send: async ({ name, input, clientId }) => {
    try {
      await sendAct(name as WriteName, { ...input, clientId })
      answered(name as WriteName)
    } catch (error) {
      if (!isUnsure(error)) answered(name as WriteName)
      throw error
    }
  },
  isUnsure: (error) => isUnsure(error) || (error instanceof ApiError && passing.includes(error.code)),
  messageOf,
  ready: () => isSignedIn(useSession.getState()),
  nowMs: () => Date.now(),
  newClientId,
})
waitingLine.listen((waiting) => useWaiting.setState(waiting, true))

connectWaiting({
  titleOf: (name) => (isSignedIn(useSession.getState()) ? waitingTitle(name) : null),
  heard: (isThere) => {
    if (!isThere) wasLost = true
    else if (wasLost) comeBack()
  },
  keep: (act) => waitingLine.add({ ...act, at: Date.now() }),
  clear: async (name) => {
    if (waitingLine.isBehind(name)) await waitingLine.run()
    return !waitingLine.isBehind(name)
  },
})

const listeners = new Set<() => void>()

/** Calls back when the network is there again. */
export function onNetwork(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

let wasLost = false

/** The telephone says so, or an answer came through after calls that had none. */
function comeBack(): void {
  wasLost = false
  void waitingLine.run()
  for (const listener of listeners) listener()
}

/** Neither a telephone nor another page may say that the network is back. */
const againMs = 20_000

/** Sends what waits: when the app opens, when somebody has signed in, with the network, and now and then. */
export function serveWaiting(): void {
  network.onBack(comeBack)
  useSession.subscribe((session, before) => {
    if (session.stage === before.stage) return
    // What belonged to somebody else is gone from this phone.
    useWaiting.setState(waitingLine.waiting, true)
    void waitingLine.run()
  })
  setInterval(() => {
    if (useWaiting.getState().acts.length > 0) void waitingLine.run()
  }, againMs)
  void waitingLine.run()
}
