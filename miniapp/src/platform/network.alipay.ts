export { miniNetwork as network } from './network-mini'
