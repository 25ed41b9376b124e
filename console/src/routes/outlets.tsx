export { OutletsPage as Component } from '../features/outlets/outlets-page'
