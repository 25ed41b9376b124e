/** The English that every page may need, in one piece; a page's own comes with the page. */
export { errorWords } from '../api/error-words.en'
export { byCode } from '../by-code.en'
export { waitsInEnglish } from '../state/waits-words.en'
export { en as words } from '../words.en'
