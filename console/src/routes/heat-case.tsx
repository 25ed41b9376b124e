export { HeatCasePage as Component } from '../features/heating/case-page'
