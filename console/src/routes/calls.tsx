export { CallsPage as Component } from '../features/calls/calls-page'
