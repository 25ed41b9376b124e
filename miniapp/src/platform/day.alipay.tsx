export { DayWheel as Day } from './day-wheel'
