import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { City } from './city'
import { type Control, controlOf } from './control'
import { type Answer, callPortal, errorCode, isTransient, pause } from './portal-client'
import type { Random } from './random'

/** A bill as a resident sees it. */
export interface BillToPay {
  readonly id: string
  readonly owedFen: number
  readonly companyId: string
}

/** Someone with a phone, a session and households. */
export interface Resident {
  readonly personId: string
  readonly channel: 'wechat-mini' | 'alipay-mini'
  readonly token: string
  readonly bills: BillToPay[]
}

interface Household {
  readonly companyId: 'heating' | 'gas'
  readonly accountNo: string
  readonly phone: string
}

const SEASONS = Array.from({ length: 12 }, (_, index) => `${2015 + index}-${2016 + index}`)
const MONTHS = Array.from({ length: 12 }, (_, index) => `2025-${String(index + 1).padStart(2, '0')}`)
const BILLS_PER_HOUSEHOLD = 12

/** Imports enough bills, lets people log in by the sandbox's codes, and binds everybody's households. */
export async function settleIn(city: City, random: Random, payments: number): Promise<Resident[]> {
  const households = await importBills(city, payments)
  await Promise.all(city.nodes.map((node) => node.start()))
  const control = controlOf(city.sandboxUrl)
  const count = Math.max(6, Math.min(40, Math.ceil(payments / 12)))
  const residents: Resident[] = []
  for (let index = 0; index < count; index++) residents.push(await moveIn(city, control, index))
  await Promise.all(
    households.map(async (household, index) => {
      const owner = residents[index % count]
      if (owner) await bindAndRead(city, owner, household)
      // Some households are shared, so that two people pay one bill at once.
      const other = random.chance(0.3) ? residents[(index + 1) % count] : undefined
      if (other) await bindAndRead(city, other, household)
    }),
  )
  return residents
}

function householdsFor(payments: number): Household[] {
  const count = Math.ceil((payments * 1.3) / BILLS_PER_HOUSEHOLD) + 2
  return Array.from({ length: count }, (_, index): Household => {
    const companyId = index % 2 === 0 ? 'heating' : 'gas'
    const accountNo =
      companyId === 'heating' ? `0021000${String(10_000 + index)}` : `00${String(90_000_000 + index)}`
    return { companyId, accountNo, phone: `139${String(10_000_000 + index * 7)}` }
  })
}

async function importBills(city: City, payments: number): Promise<Household[]> {
  const households = householdsFor(payments)
  for (const companyId of ['heating', 'gas'] as const) {
    const file = join(city.dataDir, `${companyId}.csv`)
    const mine = households.filter((household) => household.companyId === companyId)
    writeFileSync(file, companyId === 'heating' ? heatingCsv(mine, false) : gasCsv(mine))
    await city.importFile(companyId, file)
  }
  return households
}

/** A later export in which every second heating bill asks for 50 yuan less (F50). */
export async function lowerBills(city: City, payments: number): Promise<void> {
  const file = join(city.dataDir, 'heating-later.csv')
  const mine = householdsFor(payments).filter(({ companyId }) => companyId === 'heating')
  writeFileSync(file, heatingCsv(mine, true))
  await city.importFile('heating', file)
}

function heatingCsv(households: readonly Household[], lowered: boolean): string {
  const header =
    '公司,户号,户名,证件号,手机号,小区,楼栋,单元,房号,换热站,用户类型,建筑面积(㎡),计费面积(㎡),单价(元/㎡),采暖季,应收金额,减免金额,已收金额,违约金,用热状态,备注'
  const rows = households.flatMap(({ accountNo, phone }, index) =>
    SEASONS.map((season, at) => {
      const area = 50 + ((index * 13 + at) % 90)
      const due = (area * 25).toFixed(2)
      return `开热公司,${accountNo},张玉,,${phone},松海园,${1 + (index % 40)}号楼,6单元,404,松海4号换热站,居民,${area}.00,${area}.00,25.00,${season},${due},${lowered && at % 2 === 0 ? '50.00' : '0.00'},0.00,0.00,正常用热,`
    }),
  )
  return `${[header, ...rows].join('\r\n')}\r\n`
}

function gasCsv(households: readonly Household[]): string {
  const header =
    '户号,户名,联系电话,用气地址,片区,调压站,表号,上期抄见,本期抄见,用气量(m³),一阶气量,二阶气量,三阶气量,气费,违约金,账期,抄表日期,缴费截止日,预存余额'
  const rows = households.flatMap(({ accountNo, phone }, index) =>
    MONTHS.map((month, at) => {
      const used = 10 + ((index * 7 + at) % 40)
      const feeFen = used * 341
      const fee = `${Math.floor(feeFen / 100)}.${String(feeFen % 100).padStart(2, '0')}`
      return `${accountNo},沈红宇,${phone},福田区香蜜湖花园${1 + (index % 40)}栋1655,片区12,调压站5,GM${accountNo},3000,${3000 + used},${used},${used},0,0,${fee},0.00,${month},${month.replace('-', '')}17,${month}-20,0.00`
    }),
  )
  return `${[header, ...rows].join('\n')}\n`
}

async function moveIn(city: City, control: Control, index: number): Promise<Resident> {
  const personId = `torture-${index}`
  await control.post('/people', {
    id: personId,
    name: `住户${index}`,
    phone: `137${String(20_000_000 + index)}`,
    unionid: null,
    alipayUserId: `2088${String(300_000_000_000 + index)}`,
  })
  const channel = index % 3 === 2 ? 'alipay-mini' : 'wechat-mini'
  for (let tries = 0; tries < 10; tries++) {
    const { code } =
      channel === 'wechat-mini'
        ? await control.post<{ code: string }>('/wechat/login-code', { personId })
        : await control.post<{ code: string }>('/alipay/auth-code', { personId, appId: '2021004100000001' })
    const answer = await callPortal(city.portalUrl, 'sessions.login', { channel, code }, null)
    if (answer.status === 200) return { personId, channel, token: String(answer.body['token']), bills: [] }
    if (!isTransient(answer)) throw new Error(`login refused: ${JSON.stringify(answer.body)}`)
    await pause(300)
  }
  throw new Error(`${personId} could not log in`)
}

async function untilAnswered(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await ask()
    if (!isTransient(answer)) return answer
    if (tries > 20) throw new Error(`the portal never answered: ${errorCode(answer)}`)
    await pause(300)
  }
}

async function bindAndRead(city: City, resident: Resident, household: Household): Promise<void> {
  const { companyId, accountNo, phone } = household
  const input = {
    clientId: `bind-${resident.personId}-${accountNo}`,
    companyId,
    accountNo,
    proof: { kind: 'phone-tail', value: phone.slice(-4) },
    role: 'family',
  }
  const bound = await untilAnswered(() =>
    callPortal(city.portalUrl, 'households.bind', input, resident.token),
  )
  if (bound.status !== 200) throw new Error(`binding refused: ${JSON.stringify(bound.body)}`)
  const { id } = bound.body['household'] as { id: string }
  const list = await untilAnswered(() =>
    callPortal(city.portalUrl, `bills.list?householdId=${id}&limit=50`, null, resident.token),
  )
  resident.bills.push(...(list.body['items'] as BillToPay[]).filter(({ owedFen }) => owedFen > 0))
}
