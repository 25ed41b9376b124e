export { DispatchPage as Component } from '../features/dispatch/dispatch-page'
