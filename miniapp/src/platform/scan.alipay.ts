export { miniScan as scan } from './scan-mini'
