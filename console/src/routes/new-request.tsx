export { NewRequestPage as Component } from '../features/request/create/new-request-page'
