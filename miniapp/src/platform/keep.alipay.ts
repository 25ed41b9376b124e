export { miniKeep as keep } from './keep-mini'
