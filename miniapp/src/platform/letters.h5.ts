/** A browser, that of a wallet as well, makes a page's letters larger by itself. */
export const hasLargeLetters = (): boolean => false
