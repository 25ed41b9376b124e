export { CodesPage as Component } from '../features/codes/codes-page'
