export { MomentWheels as Moment } from './moment-wheels'
