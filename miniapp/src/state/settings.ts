import { create } from 'zustand'
import { write } from '../api/client'
import { fetchEnglish } from '../language/english'
import { type Language, speakIn } from '../language/spoken'
import { hasLargeLetters } from '../platform/letters'
import { load, save } from '../platform/storage'
import { tongue } from '../platform/tongue'
import { keepMe, useSession } from './session'

interface SettingsState {
  elder: boolean
  /** Within elder mode, the largest letters that there are. It belongs to this phone's screen and to nobody's account. */
  largest: boolean
  language: Language
}

const elderKey = 'elder'
const largestKey = 'largest'
const languageKey = 'language'

/** What was chosen on this phone; else English where the phone speaks it, and Chinese everywhere else. */
function languageHere(): Language {
  const chosen = load<Language>(languageKey)
  if (chosen !== null) return chosen
  return /^en/i.test(tongue.ofPhone()) ? 'en' : 'zh'
}

/** Elder mode works before any login, so it lives on the phone first and follows the resident later. */
export const useSettings = create<SettingsState>(() => ({
  elder: load<boolean>(elderKey) ?? hasLargeLetters(),
  largest: load<boolean>(largestKey) === true,
  language: languageHere(),
}))

/** Before the first page is drawn. */
export function beginLanguage(): void {
  const { language } = useSettings.getState()
  speakIn(language)
  tongue.mark(language)
  if (language === 'en') fetchEnglish()
}

export function setLanguage(language: Language): void {
  save(languageKey, language)
  useSettings.setState({ language })
  beginLanguage()
  tongue.openAnew()
}

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

export function setLargest(largest: boolean): void {
  save(largestKey, largest)
  useSettings.setState({ largest })
}

/**
 * A resident who chose elder mode on another phone finds it here too, unless this phone has its own choice or its
 * wallet's letters are large.
 */
export function followElder(elder: boolean): void {
  if (load<boolean>(elderKey) === null && (elder || !hasLargeLetters())) keepElder(elder)
}
