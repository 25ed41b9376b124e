import { parseAddress } from '../../../households'
import { meteredBill } from './metered-bill'
import { layout } from './types'

/**
 * Water, three price tiers: one bill per household and month, meters read by people or guessed in between. What is
 * collected for others with each m³ has columns of its own, where the export has them.
 */
export const waterMonth = layout({
  id: 'water-month-csv',
  version: 2,
  kind: 'water',
  columns: {
    accountNo: { type: 'account', header: '户号' },
    owner: { type: 'text', header: '户名' },
    phone: { type: 'phone', header: '联系电话' },
    address: { type: 'text', header: '用水地址' },
    station: { type: 'text', header: '二次供水泵房', optional: true },
    meterNo: { type: 'text', header: '水表号' },
    previous: { type: 'number', header: '上期抄见' },
    current: { type: 'number', header: '本期抄见' },
    used: { type: 'number', header: '用水量(m³)' },
    tier1: { type: 'number', header: '一阶水量' },
    tier2: { type: 'number', header: '二阶水量' },
    tier3: { type: 'number', header: '三阶水量' },
    fee: { type: 'yuan', header: '水费' },
    resource: { type: 'yuan', header: '水资源费', optional: true },
    sewage: { type: 'yuan', header: '污水处理费', optional: true },
    lateFee: { type: 'yuan', header: '违约金' },
    month: { type: 'month', header: '账期' },
    readOn: { type: 'day', header: '抄表日期' },
    dueOn: { type: 'day', header: '缴费截止日' },
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
        charges: { 水资源费: values.fenIfThere('resource'), 污水处理费: values.fenIfThere('sewage') },
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
        : { kind: 'water-station', name: values.text('station'), contact: null },
  }),
})
