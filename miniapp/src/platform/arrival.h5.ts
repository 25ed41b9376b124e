import { splitCode } from './code-link'

// Taken when this module loads, before the router reads the address: a code must not stay in the history.
const arrival = splitCode(window.location.hash)
if (arrival.token !== null) window.history.replaceState(null, '', arrival.hash)

export const arrivedWith = arrival.token
