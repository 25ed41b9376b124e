import './wide.scss'
import './print.scss'

export { BillTable } from './bill-table'
export { HallFrame } from './frame'
export { PayByPhone } from './pay-by-phone'
export { RecordTable } from './record-table'
export { HallSignIn } from './sign-in'
