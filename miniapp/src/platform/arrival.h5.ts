import { splitCode, splitScan } from './code-link'

// Taken when this module loads, before the router reads the address: a code must not stay in the history.
const arrival = splitCode(window.location.hash)
const fromPc = splitScan(window.location.hash)
for (const { token, hash } of [arrival, fromPc])
  if (token !== null) window.history.replaceState(null, '', hash)

export const arrivedWith = arrival.token
export const arrivedFromPc = fromPc.token
