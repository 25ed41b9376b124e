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
  readonly team?: TeamKey
  readonly skills?: readonly string[]
}

/** Every team that the shipped catalogues name as a receiver, so that each request has somebody to go to. */
const TEAMS = [
  { key: '维修班', companyId: 'heating', name: '维修班', lead: 'chen' },
  { key: '热力抢修班', companyId: 'heating', name: '抢修班', lead: 'xie' },
  { key: '热力客服班', companyId: 'heating', name: '客服班', lead: 'mali' },
  { key: '热力收费班', companyId: 'heating', name: '收费班', lead: 'xulan' },
  { key: '抢险班', companyId: 'gas', name: '抢险班', lead: 'wu' },
  { key: '燃气维修班', companyId: 'gas', name: '维修班', lead: 'guo' },
  { key: '表务班', companyId: 'gas', name: '表务班', lead: 'luo' },
  { key: '安检班', companyId: 'gas', name: '安检班', lead: 'liang' },
  { key: '燃气客服班', companyId: 'gas', name: '客服班', lead: 'yangfan' },
  { key: '抢修班', companyId: 'power', name: '抢修班', lead: 'he' },
  { key: '计量班', companyId: 'power', name: '计量班', lead: 'tang' },
  { key: '电力客服班', companyId: 'power', name: '客服班', lead: 'humin' },
  { key: '供水维修班', companyId: 'water', name: '维修班', lead: 'shi' },
] as const
type TeamKey = (typeof TEAMS)[number]['key']

const PEOPLE: readonly Person[] = [
  {
    loginName: 'wangxiao',
    name: '王晓',
    title: '客服',
    roles: ['agent'],
    skills: ['billing', 'complaint'],
  },
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
  worker('sun', '孙师傅', '维修工，维修班', '维修班', ['heating-repair', 'temperature', 'water-repair']),
  worker('zhou', '周师傅', '维修工，维修班', '维修班', ['heating-repair', 'heating-emergency']),
  worker('xie', '谢师傅', '抢修工，热力抢修班', '热力抢修班', ['heating-emergency']),
  worker('wu', '吴师傅', '抢修工，抢险班', '抢险班', [
    'gas-emergency',
    'gas-repair',
    'gas-meter',
    'gas-safety',
  ]),
  worker('guo', '郭师傅', '维修工，燃气维修班', '燃气维修班', ['gas-repair']),
  worker('luo', '罗师傅', '表务工，表务班', '表务班', ['gas-meter']),
  worker('liang', '梁师傅', '安检员，安检班', '安检班', ['gas-safety']),
  worker('he', '何师傅', '抢修工，抢修班', '抢修班', ['power-emergency', 'power-meter']),
  worker('tang', '唐师傅', '计量工，计量班', '计量班', ['power-meter']),
  worker('shi', '石师傅', '维修工，供水维修班', '供水维修班', ['water-repair']),
  agent('mali', '马丽', '客服，热力客服班', '热力客服班', ['complaint']),
  agent('xulan', '许岚', '收费员，热力收费班', '热力收费班', ['billing']),
  agent('yangfan', '杨帆', '客服，燃气客服班', '燃气客服班'),
  agent('humin', '胡敏', '客服，电力客服班', '电力客服班'),
  { loginName: 'linjing', name: '林静', title: '信息发布', roles: ['publisher'] },
  { loginName: 'zhenglin', name: '郑琳', title: '财务', roles: ['finance'] },
  { loginName: 'zhaomin', name: '赵敏', title: '主管', roles: ['supervisor'] },
  { loginName: 'qianan', name: '钱安', title: '安全管理员', roles: ['security-admin'] },
  { loginName: 'fengshen', name: '冯慎', title: '审计员', roles: ['auditor'] },
]

function worker(
  loginName: string,
  name: string,
  title: string,
  team: TeamKey,
  skills: readonly string[],
): Person {
  return { loginName, name, title, roles: ['worker'], team, skills }
}

function agent(
  loginName: string,
  name: string,
  title: string,
  team: TeamKey,
  skills: readonly string[] = [],
): Person {
  return { loginName, name, title, roles: ['agent'], team, skills }
}

/**
 * Makes the demo's people and teams, once: only in the demo, and only while nobody has an account; null otherwise.
 * Passwords and secrets are random and answered here alone, so that the start can print and keep them.
 */
export async function seedDemoStaff(ctx: Ctx): Promise<DemoAccount[] | null> {
  if (ctx.config.environment !== 'demo') return null
  if (await hasAnyAccount(ctx.db.reader)) return null
  const known = new Set(ctx.config.companies.map((company) => company.id))
  const teams = TEAMS.filter((team) => known.has(team.companyId))
  const people = PEOPLE.filter(({ team }) => team === undefined || teams.some((one) => one.key === team))
  const prepared = await Promise.all(people.map((person) => prepare(ctx, person)))
  return inTransaction(ctx, async (tx) => {
    if (await hasAnyAccount(tx)) return null
    const ids = new Map<string, string>(teams.map((team) => [team.key, ctx.ids.next()]))
    const made: DemoAccount[] = []
    for (const one of prepared) made.push(await makePerson(tx, ctx, one, ids))
    for (const team of teams) {
      const lead = made.find((one) => one.loginName === team.lead)
      await insertTeam(tx, {
        id: ids.get(team.key) ?? ctx.ids.next(),
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
  const company = TEAMS.find((team) => team.key === person.team)?.companyId
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
