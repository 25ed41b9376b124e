import type { CoreCtx } from '../../core/context'
import { corePersonal } from '../../core/personal/core-tables'
import type { Declared, Keys, Person, PersonalData } from '../../core/personal/declare'
import type { Register } from '../../core/personal/person-rows'
import type { Ctx } from '../../platforms/context'
import { appointmentsPersonal } from '../appointments'
import { billingPersonal } from '../billing'
import { callsPersonal } from '../calls'
import { cataloguePersonal } from '../catalogue'
import { chatPersonal } from '../chat'
import { codesPersonal } from '../codes'
import { deskPersonal } from '../desk'
import { dispatchPersonal } from '../dispatch'
import { familyPersonal } from '../family'
import { filesPersonal } from '../files'
import { heatingPersonal } from '../heating'
import { householdsPersonal } from '../households'
import { identityPersonal } from '../identity'
import { invoicesPersonal } from '../invoices'
import { knowledgePersonal } from '../knowledge'
import { noticesPersonal } from '../notices'
import { notificationsPersonal } from '../notifications'
import { officialPersonal } from '../official'
import { outletsPersonal } from '../outlets'
import { papersPersonal } from '../papers'
import { paymentsPersonal } from '../payments'
import { readingsPersonal } from '../readings'
import { requestsPersonal } from '../requests'
import { staffPersonal } from '../staff'
import { usagePersonal } from '../usage'
import { privacyPersonal } from './personal'

/**
 * What every feature says of its tables, lower features first. A feature whose tables are missing here fails
 * register.test.ts, and so does a column that nobody declared (security.md C39).
 */
export const declaredBy: readonly (PersonalData<Ctx> | PersonalData<CoreCtx>)[] = [
  corePersonal,
  staffPersonal,
  identityPersonal,
  filesPersonal,
  cataloguePersonal,
  outletsPersonal,
  householdsPersonal,
  billingPersonal,
  notificationsPersonal,
  familyPersonal,
  paymentsPersonal,
  noticesPersonal,
  appointmentsPersonal,
  requestsPersonal,
  deskPersonal,
  dispatchPersonal,
  officialPersonal,
  knowledgePersonal,
  chatPersonal,
  callsPersonal,
  readingsPersonal,
  usagePersonal,
  heatingPersonal,
  codesPersonal,
  papersPersonal,
  invoicesPersonal,
  privacyPersonal,
]

/** Every table that tells of people, in the order of the features. */
export const declaredTables: readonly Declared[] = declaredBy.flatMap(({ tables }) => tables)

export const register: Register = new Map(declaredTables.map((declared) => [declared.table.name, declared]))

/** Under which keys rows of this person are found, feature by feature. */
export async function keysOf(ctx: Ctx, person: Person): Promise<Keys> {
  const keys: Record<string, readonly string[]> = {}
  for (const { keys: of } of declaredBy) if (of !== undefined) Object.assign(keys, await of(ctx, person))
  return keys
}
