import * as main from './main-english'

type Main = typeof main

/** In a mini-program everything is on the phone before it starts; null is for where it has to be fetched. */
export const mainEnglish = (): Main | null => main
export const fetchEnglish = (): void => undefined
