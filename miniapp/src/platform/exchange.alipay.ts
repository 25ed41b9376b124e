export { miniExchange as exchange } from './exchange-mini'
