export { saveTable } from './save-table-mini'
