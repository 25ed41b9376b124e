import { cleanText } from '../clean'
import { fromScaled, times, toScaled } from '../../../../core/decimal'
import { layout } from './types'

const STOPPED = '报停'
const ONE = 1_000_000n

/**
 * District heating, charged by area: one bill per household and season. A supply that the household had stopped
 * pays a share of the price, applied before the one rounding to the fen.
 */
export const heatingSeason = layout({
  id: 'heating-season-csv',
  version: 1,
  kind: 'heating',
  columns: {
    accountNo: { type: 'account', header: '户号' },
    owner: { type: 'text', header: '户名' },
    phone: { type: 'phone', header: '手机号' },
    community: { type: 'text', header: '小区' },
    building: { type: 'text', header: '楼栋' },
    unit: { type: 'text', header: '单元' },
    room: { type: 'text', header: '房号' },
    station: { type: 'text', header: '换热站' },
    builtArea: { type: 'number', header: '建筑面积(㎡)' },
    area: { type: 'number', header: '计费面积(㎡)' },
    price: { type: 'number', header: '单价(元/㎡)' },
    season: { type: 'season', header: '采暖季' },
    gross: { type: 'yuan', header: '应收金额' },
    reduction: { type: 'yuan', header: '减免金额' },
    received: { type: 'yuan', header: '已收金额' },
    lateFee: { type: 'yuan', header: '违约金' },
    supplyState: { type: 'text', header: '用热状态' },
  },
  accountNo: 'accountNo',
  period: 'season',
  bill: (values, prices) => {
    const share = values.text('supplyState') === STOPPED ? prices.stoppedShare : null
    // Area and price are scaled once each; the share, where there is one, is divided out again exactly.
    const charged =
      times(values.number('area'), values.number('price')) * (share === null ? ONE : (toScaled(share) ?? ONE))
    const expectedFen = productToFenOfThree(charged)
    const grossFen = values.fen('gross')
    const reductionFen = values.fen('reduction')
    const receivedFen = values.fen('received')
    const lateFeeFen = values.fen('lateFee')
    return {
      owedFen: grossFen - reductionFen - receivedFen + lateFeeFen,
      lateFeeFen,
      comparedFen: [grossFen, reductionFen, receivedFen, lateFeeFen],
      readingBackwards: false,
      mismatch: expectedFen !== grossFen,
      dueOn: null,
      facts: {
        basis: 'area',
        area: fromScaled(values.number('area')),
        price: fromScaled(values.number('price')),
        supplyState: values.text('supplyState'),
        share,
        grossFen,
        reductionFen,
        receivedFen,
        lateFeeFen,
      },
    }
  },
  household: (values) => ({
    ownerName: values.text('owner'),
    phone: values.phone,
    place: {
      district: null,
      community: values.text('community'),
      building: cleanText(values.text('building')) || null,
      unit: cleanText(values.text('unit')) || null,
      room: cleanText(values.text('room')) || null,
    },
    supply:
      values.text('station') === ''
        ? null
        : { kind: 'heat-station', name: values.text('station'), contact: null },
  }),
})

/** Three scaled factors → fen, halves up: the third scale is taken out together with the rounding. */
function productToFenOfThree(product: bigint): number {
  const divisor = ONE * ONE * ONE
  return Number((product * 100n + divisor / 2n) / divisor)
}
