export { OfficialPage as Component } from '../features/official/official-page'
