import { inTransaction, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { hasAnyAccount } from './account-store'
import { makeAccount } from './make-account'
import { hashPassword, randomPassword } from './password-hash'
import type { StaffRole } from './schema'
import { needsSecondFactor, newTotpSecret, otpauthUrl } from './second-factor'
import { insertTeam } from './team-store'

/** One demo account with what is needed to sign in; nothing of it can be read from the database again. */
export interface DemoAccount {
  readonly staffId: string
  readonly loginName: string
  readonly name: string
  readonly roles: readonly StaffRole[]
  /** What this person does, in words, for the table that the start prints. */
  readonly title: string
  readonly password: string
  /** Base32, with its URL for an authenticator app; null where the password alone is enough. */
  readonly totpSecret: string | null
  readonly otpauthUrl: string | null
}

interface Person {
  readonly loginName: string
  readonly name: string
  readonly title: string
  readonly roles: readonly StaffRole[]
  readonly team?: string
  readonly skills?: readonly string[]
}

const TEAMS = [
  { companyId: 'heating', name: '维修班', lead: 'chen' },
  { companyId: 'gas', name: '抢险班', lead: 'wu' },
  { companyId: 'power', name: '抢修班', lead: 'he' },
] as const

const PEOPLE: readonly Person[] = [
  { loginName: 'wangxiao', name: '王晓', title: '客服', roles: ['agent'] },
  { loginName: 'liqiang', name: '李强', title: '派单员', roles: ['dispatcher'] },
  {
    loginName: 'chen',
    name: '陈班长',
    title: '班长，维修班',
    // Orders that nobody took come to the lead, who must be able to give them to somebody.
    roles: ['worker', 'dispatcher'],
    team: '维修班',
    skills: ['heating-repair', 'heating-emergency', 'temperature', 'water-repair'],
  },
  {
    loginName: 'sun',
    name: '孙师傅',
    title: '维修工，维修班',
    roles: ['worker'],
    team: '维修班',
    skills: ['heating-repair', 'temperature', 'water-repair'],
  },
  {
    loginName: 'zhou',
    name: '周师傅',
    title: '维修工，维修班',
    roles: ['worker'],
    team: '维修班',
    skills: ['heating-repair', 'heating-emergency'],
  },
  {
    loginName: 'wu',
    name: '吴师傅',
    title: '抢修工，抢险班',
    roles: ['worker'],
    team: '抢险班',
    skills: ['gas-emergency', 'gas-repair', 'gas-meter', 'gas-safety'],
  },
  {
    loginName: 'he',
    name: '何师傅',
    title: '抢修工，抢修班',
    roles: ['worker'],
    team: '抢修班',
    skills: ['power-emergency', 'power-meter'],
  },
  { loginName: 'linjing', name: '林静', title: '信息发布', roles: ['publisher'] },
  { loginName: 'zhenglin', name: '郑琳', title: '财务', roles: ['finance'] },
  { loginName: 'zhaomin', name: '赵敏', title: '主管', roles: ['supervisor'] },
  { loginName: 'qianan', name: '钱安', title: '安全管理员', roles: ['security-admin'] },
  { loginName: 'fengshen', name: '冯慎', title: '审计员', roles: ['auditor'] },
]

/**
 * Makes the demo's people and teams, once: only in the demo, and only while nobody has an account; null otherwise.
 * Passwords and secrets are random and answered here alone, so that the start can print and keep them.
 */
export async function seedDemoStaff(ctx: Ctx): Promise<DemoAccount[] | null> {
  if (ctx.config.environment !== 'demo') return null
  if (await hasAnyAccount(ctx.db.reader)) return null
  const known = new Set(ctx.config.companies.map((company) => company.id))
  const teams = TEAMS.filter((team) => known.has(team.companyId))
  const people = PEOPLE.filter(({ team }) => team === undefined || teams.some((one) => one.name === team))
  const prepared = await Promise.all(people.map((person) => prepare(ctx, person)))
  return inTransaction(ctx, async (tx) => {
    if (await hasAnyAccount(tx)) return null
    const ids = new Map(teams.map((team) => [team.name as string, ctx.ids.next()]))
    const made: DemoAccount[] = []
    for (const one of prepared) made.push(await makePerson(tx, ctx, one, ids))
    for (const team of teams) {
      const lead = made.find((one) => one.loginName === team.lead)
      await insertTeam(tx, {
        id: ids.get(team.name) ?? ctx.ids.next(),
        companyId: team.companyId,
        name: team.name,
        leadId: lead?.staffId ?? null,
        areaIds: '[]',
        createdAt: ctx.clock.now(),
        updatedAt: ctx.clock.now(),
      })
    }
    return made
  })
}

interface Prepared {
  readonly person: Person
  readonly password: string
  readonly passwordHash: string
  readonly totpSecret: string | null
}

async function prepare(ctx: Ctx, person: Person): Promise<Prepared> {
  const password = randomPassword(ctx)
  const totpSecret = needsSecondFactor(person.roles) ? newTotpSecret(ctx) : null
  return { person, password, totpSecret, passwordHash: await hashPassword(password) }
}

async function makePerson(
  tx: Tx,
  ctx: Ctx,
  { person, password, passwordHash, totpSecret }: Prepared,
  teamIds: ReadonlyMap<string, string>,
): Promise<DemoAccount> {
  const { loginName, name, title, roles } = person
  const company = TEAMS.find((team) => team.name === person.team)?.companyId
  const account = await makeAccount(tx, ctx, {
    loginName,
    name,
    phone: null,
    roles,
    companies: company === undefined ? null : [company],
    areaIds: null,
    teamId: person.team === undefined ? null : (teamIds.get(person.team) ?? null),
    skills: person.skills ?? [],
    passwordHash,
    oneTime: false,
    totpSecret,
  })
  const url = totpSecret === null ? null : otpauthUrl(ctx, loginName, totpSecret)
  return { staffId: account.id, loginName, name, title, roles, password, totpSecret, otpauthUrl: url }
}
