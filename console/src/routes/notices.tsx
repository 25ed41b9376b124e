export { NoticesPage as Component } from '../features/notices/notices-page'
