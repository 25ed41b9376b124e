import { useSyncExternalStore } from 'react'
import { keep, kept } from '../kit/kept'
import { type Catalogue, type Language, pick, type Same } from './words'

const listeners = new Set<() => void>()
let current: Language = kept('language') === 'en' ? 'en' : 'zh'

function apply(): void {
  document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en'
}

export function setLanguage(language: Language): void {
  current = language
  keep('language', language)
  apply()
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

apply()

export const useLanguage = (): Language => useSyncExternalStore(subscribe, () => current)

/** Texts of one part, in the language that this person chose. */
export const useWords = <T extends object>(catalogue: Catalogue<T>): Same<T> => pick(catalogue, useLanguage())
