export { hasLargeLetters } from './letters-mini'
