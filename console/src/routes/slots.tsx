export { SlotsPage as Component } from '../features/slots/slots-page'
