export { TroublesPage as Component } from '../features/troubles/troubles-page'
