export { miniTongue as tongue } from './tongue-mini'
