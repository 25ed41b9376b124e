export { HeatingPage as Component } from '../features/heating/heating-page'
