export { miniPlace as place } from './place-mini'
