/** What residents may choose to read. Chinese is what stands in the source; English stands beside it. */
export type Language = 'zh' | 'en'

let current: Language = 'zh'

/** The language in which words are given from now on; pages that are open must be opened anew. */
export function speakIn(language: Language): void {
  current = language
}

export const language = (): Language => current
export const inEnglish = (): boolean => current === 'en'

/** The shape of a catalogue: the same keys, texts for texts, sentences of the same values. */
export type Same<T> = T extends string
  ? string
  : T extends (...values: infer V) => string
    ? (...values: V) => string
    : T extends readonly (infer E)[]
      ? readonly Same<E>[]
      : { readonly [K in keyof T]: Same<T[K]> }

/**
 * One catalogue in the language of the moment: each of its parts is looked up when it is read, never before. `en` is a
 * function where the English may still be on its way, and null until then.
 */
export function spoken<T extends object>(zh: T, en: Same<T> | (() => Same<T> | null)): Same<T> {
  const chinese = zh as unknown as Same<T>
  const english = (): Same<T> => (typeof en === 'function' ? en() : en) ?? chinese
  const said = {}
  for (const key of Object.keys(zh) as (keyof Same<T>)[])
    Object.defineProperty(said, key, {
      enumerable: true,
      get: () => (inEnglish() ? english() : chinese)[key],
    })
  return said as Same<T>
}
