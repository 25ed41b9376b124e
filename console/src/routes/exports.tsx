export { ExportsPage as Component } from '../features/exports/exports-page'
