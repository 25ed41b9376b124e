import { parseAddress } from '../../../households'
import { meteredBill } from './metered-bill'
import { layout } from './types'

/** Electricity, three price tiers: one bill per household and month, with the person in charge of its 台区. */
export const powerMonth = layout({
  id: 'power-month-xlsx',
  version: 2,
  kind: 'power',
  columns: {
    station: { type: 'text', header: '台区' },
    managerName: { type: 'text', header: '台区经理' },
    managerPhone: { type: 'text', header: '台区经理电话' },
    accountNo: { type: 'account', header: '户号' },
    owner: { type: 'text', header: '户名' },
    phone: { type: 'phone', header: '手机号' },
    address: { type: 'text', header: '用电地址' },
    meterNo: { type: 'text', header: '电表号' },
    multiplier: { type: 'number', header: '倍率' },
    previous: { type: 'number', header: '上月示数' },
    current: { type: 'number', header: '本月示数' },
    used: { type: 'number', header: '用电量(kWh)' },
    tier1: { type: 'number', header: '一档电量' },
    tier2: { type: 'number', header: '二档电量' },
    tier3: { type: 'number', header: '三档电量' },
    fee: { type: 'yuan', header: '电费' },
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
        multiplier: values.number('multiplier'),
        used: values.number('used'),
        quantities: [values.number('tier1'), values.number('tier2'), values.number('tier3')],
        feeFen: values.fen('fee'),
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
        : {
            kind: 'power-station',
            name: values.text('station'),
            contact:
              values.text('managerName') === ''
                ? null
                : { name: values.text('managerName'), phone: values.text('managerPhone') },
          },
  }),
})
