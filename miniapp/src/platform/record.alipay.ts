export { miniRecord as record } from './record-mini'
