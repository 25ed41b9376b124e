/** The same keys and the same arguments, in another language: a missing one fails the type check. */
export type Same<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : T[K] extends string
      ? string
      : Same<T[K]>
}

export interface Catalogue<T> {
  readonly zh: T
  readonly en: Same<T>
}

export type Language = 'zh' | 'en'

/** The texts of one part of the console: Chinese first, English complete. */
export const defineWords = <T extends object>(zh: T, en: Same<T>): Catalogue<T> => ({ zh, en })

/** Texts in the language that was chosen. */
export const pick = <T extends object>(catalogue: Catalogue<T>, language: Language): Same<T> =>
  language === 'zh' ? (catalogue.zh as Same<T>) : catalogue.en
