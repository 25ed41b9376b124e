import type { SeasonBill } from '../billing'
import { heatRulesOf } from './heat-rules'
import { planResume, planStop } from './supply-plan'

const SEASON = { from: '2026-11-16', to: '2027-04-05' }
const BILL: SeasonBill = {
  id: '01JDB1LL000000000000000000',
  companyId: 'heating',
  accountNo: '002100007002',
  period: '2026-2027',
  feeFen: 361_600,
  fullFeeFen: 361_600,
  supplyState: '正常用热',
  isStopped: false,
  state: 'open',
  asOf: 0,
}
const asked = (city: string, today: string, bill: SeasonBill | null = BILL) => ({
  rules: heatRulesOf({ city, day: '2026-11-22' }),
  season: SEASON,
  bill,
  today,
})

describe('stopping the supply', () => {
  it.each([
    ['示范市', '2026-10-17', 54_240, 307_360],
    ['青岛', '2026-10-17', 0, 361_600],
    ['临沂', '2026-10-17', 0, 361_600],
    ['滨州', '2026-10-15', 0, 361_600],
    ['菏泽', '2026-10-15', 0, 361_600],
    ['太原', '2026-10-10', 108_480, 253_120],
  ])('%s: by %s, %i fen stay to pay', (city, deadline, staysFen, effectFen) => {
    expect(planStop(asked(city, deadline))).toMatchObject({
      deadline,
      isLate: false,
      staysFen,
      effectFen,
      missing: [],
    })
    expect(planStop(asked(city, '2026-11-01')).isLate).toBe(true)
  })

  it('鞍山 asks 20 days before, and says no share: no sum is made up', () => {
    expect(planStop(asked('鞍山', '2026-10-27'))).toMatchObject({
      deadline: '2026-10-27',
      isLate: false,
      effectFen: null,
      missing: ['鞍山的规定里没有查到：停供还要交多少'],
    })
  })

  it('says every step, and that a late one within the season is for the company to say', () => {
    expect(planStop(asked('示范市', '2026-11-22')).steps).toEqual([
      '本采暖季热费 3,616.00 元 × 15% = 542.40 元，停供也要交',
      '比正常用热少交 3,073.60 元',
      '已经开始供热，之前的天数怎么算，由供热公司受理时说明',
    ])
  })

  it('a home without a bill has no sum', () => {
    expect(planStop(asked('示范市', '2026-10-01', null))).toMatchObject({
      effectFen: null,
      missing: ['本采暖季的账单'],
    })
  })

  it('half a fen of the share goes up', () => {
    const odd = { ...BILL, feeFen: 101, fullFeeFen: 101 }
    // 15 % of 1.01 yuan are 15.15 fen; 30 % are 30.3.
    expect(planStop(asked('示范市', '2026-10-01', odd)).staysFen).toBe(15)
    expect(planStop(asked('示范市', '2026-10-01', { ...BILL, fullFeeFen: 110, feeFen: 110 })).staysFen).toBe(
      17,
    )
  })
})

describe('having it again', () => {
  const stopped = { ...BILL, feeFen: 54_240, isStopped: true }

  it('in mid-season the rest of the fee by the days that are left', () => {
    // From 1 January 95 of 141 days are left: 3073.60 × 95 ÷ 141 = 2070.865…
    expect(planResume(asked('示范市', '2026-12-01', stopped), '2027-01-01')).toMatchObject({
      effectFen: 207_087,
      staysFen: 261_327,
      steps: [
        '本采暖季热费 3,616.00 元，停供时已算 15% 即 542.40 元',
        '1月1日起复热，还剩 95 天（共 141 天）',
        '要补 3,073.60 × 95 ÷ 141 = 2,070.87 元',
      ],
    })
  })

  it.each([
    ['2026-11-01', 307_360],
    ['2026-11-16', 307_360],
    ['2027-04-05', 2180],
  ])('from %s on it costs %i fen more', (fromDay, effectFen) => {
    expect(planResume(asked('示范市', '2026-10-20', stopped), fromDay).effectFen).toBe(effectFen)
  })

  it('a city that says nothing about it leaves the sum open', () => {
    expect(planResume(asked('临沂', '2026-12-01', stopped), '2027-01-01')).toMatchObject({
      effectFen: null,
      missing: ['临沂的规定里没有查到：中途复热怎么收费'],
    })
  })
})
