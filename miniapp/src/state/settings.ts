import { create } from 'zustand'
import { write } from '../api/client'
import { load, save } from '../platform/storage'
import { keepMe, useSession } from './session'

interface SettingsState {
  elder: boolean
}

const elderKey = 'elder'

/** Elder mode works before any login, so it lives on the phone first and follows the resident later. */
export const useSettings = create<SettingsState>(() => ({ elder: load<boolean>(elderKey) === true }))

function keepElder(elder: boolean): void {
  save(elderKey, elder)
  useSettings.setState({ elder })
}

export async function setElder(elder: boolean): Promise<void> {
  keepElder(elder)
  if (useSession.getState().token === null) return
  try {
    keepMe(await write('residents.saveSettings', { elderMode: elder }))
  } catch {
    // The phone already shows what was chosen; the account follows at the next change.
  }
}

/** A resident who chose elder mode on another phone finds it here too, unless this phone has its own choice. */
export function followElder(elder: boolean): void {
  if (load<boolean>(elderKey) === null) keepElder(elder)
}
