import { parseAddress } from '../../../households'
import { meteredBill } from './metered-bill'
import { layout } from './types'

/** City gas, three price tiers: one bill per household and month; 用气量 is the difference of two readings. */
export const gasMonth = layout({
  id: 'gas-month-csv',
  version: 2,
  kind: 'gas',
  columns: {
    accountNo: { type: 'account', header: '户号' },
    owner: { type: 'text', header: '户名' },
    phone: { type: 'phone', header: '联系电话' },
    address: { type: 'text', header: '用气地址' },
    station: { type: 'text', header: '调压站' },
    meterNo: { type: 'text', header: '表号' },
    previous: { type: 'number', header: '上期抄见' },
    current: { type: 'number', header: '本期抄见' },
    used: { type: 'number', header: '用气量(m³)' },
    tier1: { type: 'number', header: '一阶气量' },
    tier2: { type: 'number', header: '二阶气量' },
    tier3: { type: 'number', header: '三阶气量' },
    fee: { type: 'yuan', header: '气费' },
    lateFee: { type: 'yuan', header: '违约金' },
    month: { type: 'month', header: '账期' },
    readOn: { type: 'day', header: '抄表日期' },
    dueOn: { type: 'day', header: '缴费截止日' },
    balance: { type: 'number', header: '预存余额' },
    readBy: { type: 'text', header: '抄表方式', optional: true },
  },
  accountNo: 'accountNo',
  period: 'month',
  bill: (values, prices) =>
    meteredBill(
      {
        meterNo: values.text('meterNo'),
        previous: values.number('previous'),
        current: values.number('current'),
        used: values.number('used'),
        quantities: [values.number('tier1'), values.number('tier2'), values.number('tier3')],
        feeFen: values.fen('fee'),
        lateFeeFen: values.fen('lateFee'),
        readOn: values.day('readOn'),
        dueOn: values.day('dueOn'),
        method: values.text('readBy'),
      },
      prices,
    ),
  household: (values) => ({
    ownerName: values.text('owner'),
    phone: values.phone,
    place: parseAddress(values.text('address')),
    supply:
      values.text('station') === ''
        ? null
        : { kind: 'gas-station', name: values.text('station'), contact: null },
  }),
})
