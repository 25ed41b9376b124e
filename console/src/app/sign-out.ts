import { act } from '../api/client'
import { keepMe } from '../api/query'

/** Ends the session here and there; nothing that was read stays in this browser. */
export async function signOut(): Promise<void> {
  // Also when the server cannot be asked, the screen must not go on showing residents.
  await act('staff.signOut', {}).catch(() => undefined)
  keepMe(null)
}
