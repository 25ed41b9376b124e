import { recordAudit } from '../../core/audit'
import { shanghaiDay, shanghaiDayStart, DAY_MS } from '../../core/clock'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { areaNames } from './area-store'
import { isPhoneTail, isSmsCode } from './check-proof'
import { companyOf } from '../../core/config/companies'
import type { BindAttemptRow, BindGuardRow, BindingRow, HouseholdRow } from './entities'
import { findAttempt, insertAttempt, lockGuard, lockHolder, saveGuard, saveHolder } from './guard-store'
import { accountIndex } from './indexes'
import { countWrong, isLocked, takeTry } from './policy'
import { presentHousehold } from './present'
import type { HouseholdView } from './schema'
import {
  activeBindings,
  findByAccountNos,
  findHouseholds,
  insertBinding,
  latestBinding,
  proveOwner,
} from './store'

export interface BindInput {
  readonly clientId: string
  readonly companyId: string
  readonly accountNo: string
  readonly proof: { readonly kind: 'phone-tail' | 'sms-code'; readonly value: string }
  readonly role: BindingRow['role']
}

type Decision =
  | { readonly kind: 'bound'; readonly householdId: string }
  | { readonly kind: 'refused' | 'locked' | 'tries-used' | 'too-many' | 'conflict' }

/**
 * Binds a household by its number and a second proof. Whether the number exists, has no phone on file, or the proof
 * is wrong: the answer is the same, and so is the work. Five tries a day per resident; three wrong ones a day lock
 * the number for 24 hours, for everybody. Errors: bind_refused, bind_locked, household_limit, idempotency_conflict,
 * busy (the same code is being checked by a request that came just before).
 */
export async function bindHousehold(ctx: Ctx, input: BindInput): Promise<HouseholdView> {
  const resident = residentOf(ctx)
  companyOf(ctx, input.companyId)
  const smsRight = input.proof.kind === 'sms-code' ? await checkCodeOnce(ctx, resident.id, input) : null
  const decision = await inTransaction(ctx, (tx) => decide(tx, ctx, resident.id, input, smsRight))
  if (decision.kind === 'bound') return readBound(ctx, resident.id, decision.householdId)
  if (decision.kind === 'conflict') throw new AppError('idempotency_conflict')
  if (decision.kind === 'too-many') throw new AppError('household_limit')
  if (decision.kind === 'locked') throw new AppError('bind_locked')
  if (decision.kind === 'tries-used') throw triesUsed(ctx)
  throw new AppError('bind_refused')
}

/**
 * A code is used up by looking at it. Of two requests with one client id at the same moment only one may look, or
 * the slower one would call the right code wrong; it is asked to come again and then gets the first answer.
 */
async function checkCodeOnce(ctx: Ctx, residentId: string, input: BindInput): Promise<boolean> {
  if (!(await ctx.cache.lock(`bind-code:${residentId}:${input.clientId}`, 3000))) {
    const known = await inTransaction(ctx, (tx) => findAttempt(tx, residentId, input.clientId))
    if (known === null)
      throw new AppError('busy', { message: '正在核对验证码，请稍等一下再试。', retryAfterSeconds: 3 })
    return false
  }
  const found = await findByAccountNos(ctx.db.reader, input.companyId, [input.accountNo])
  return isSmsCode(ctx, found.get(input.accountNo) ?? null, residentId, input.proof.value)
}

async function decide(
  tx: Tx,
  ctx: Ctx,
  residentId: string,
  input: BindInput,
  smsRight: boolean | null,
): Promise<Decision> {
  const now = ctx.clock.now()
  const { limits } = ctx.config
  const holder = await lockHolder(tx, residentId)
  const inputIndex = ctx.vault.index(
    'bind-input',
    JSON.stringify([input.companyId, input.accountNo, input.proof.kind, input.proof.value, input.role]),
  )
  const earlier = await findAttempt(tx, residentId, input.clientId)
  if (earlier !== null) return repeat(earlier, inputIndex)

  const counted = takeTry(holder, now, limits.bindTriesPerDay)
  if (counted === null) return { kind: 'tries-used' }
  await saveHolder(tx, counted)

  const account = accountIndex(ctx.vault, input.companyId, input.accountNo)
  const guard = await lockGuard(tx, account)
  if (isLocked(guard, now)) return { kind: 'locked' }
  const household =
    (await findByAccountNos(tx, input.companyId, [input.accountNo])).get(input.accountNo) ?? null
  const right = smsRight ?? isPhoneTail(ctx, household, input.proof.value)
  const attempt = {
    id: ctx.ids.next(),
    residentId,
    clientId: input.clientId,
    inputIndex,
    accountIndex: account,
    at: now,
  }
  if (!right || household === null) {
    await refuse(tx, ctx, guard, household)
    await insertAttempt(tx, { ...attempt, outcome: 'refused', householdId: null })
    return { kind: 'refused' }
  }
  if (!(await bind(tx, ctx, residentId, household, input))) return { kind: 'too-many' }
  await insertAttempt(tx, { ...attempt, outcome: 'bound', householdId: household.id })
  return { kind: 'bound', householdId: household.id }
}

/** The same client id again: the first answer, or a conflict when it now means something else. */
function repeat(earlier: BindAttemptRow, inputIndex: string): Decision {
  if (earlier.inputIndex !== inputIndex) return { kind: 'conflict' }
  return earlier.householdId === null
    ? { kind: 'refused' }
    : { kind: 'bound', householdId: earlier.householdId }
}

async function refuse(tx: Tx, ctx: Ctx, guard: BindGuardRow, household: HouseholdRow | null): Promise<void> {
  const { bindWrongPerHousehold, bindLockHours } = ctx.config.limits
  const now = ctx.clock.now()
  const after = countWrong(guard, now, {
    wrongPerDay: bindWrongPerHousehold,
    lockMs: bindLockHours * 3_600_000,
  })
  await saveGuard(tx, after)
  const locked = isLocked(after, now)
  await recordAudit(tx, ctx, {
    action: locked ? 'households.bind-locked' : 'households.bind-refused',
    object: `account:${guard.accountIndex}`,
    detail: { householdId: household?.id ?? null, wrongToday: after.wrongCount },
  })
  if (locked) ctx.log.warn({ householdId: household?.id ?? null }, 'households.bind-locked')
}

/** False when the resident has as many households as one may have. Bound already stays bound; a code proves an owner. */
async function bind(
  tx: Tx,
  ctx: Ctx,
  residentId: string,
  household: HouseholdRow,
  { role, proof }: Pick<BindInput, 'role' | 'proof'>,
): Promise<boolean> {
  const active = await activeBindings(tx, await residentAliases(tx, residentId))
  const known = active.find(({ householdId }) => householdId === household.id)
  // The code went to the phone on file: whoever has it and says that they own the household does.
  const owns = role === 'owner' && proof.kind === 'sms-code'
  if (known !== undefined) {
    if (owns && known.role !== 'proxy') await prove(tx, ctx, known)
    return true
  }
  if (active.length >= ctx.config.limits.householdsPerResident) return false
  await insertBinding(tx, {
    id: ctx.ids.next(),
    residentId,
    householdId: household.id,
    role,
    isDefault: active.length === 0 ? 1 : 0,
    boundAt: ctx.clock.now(),
    unboundAt: null,
    proof: proof.kind === 'sms-code' ? 'code' : null,
    activeSlot: 1,
  })
  await recordAudit(tx, ctx, {
    action: 'households.bind',
    object: `household:${household.id}`,
    detail: { role },
  })
  return true
}

async function prove(tx: Tx, ctx: Ctx, known: BindingRow): Promise<void> {
  if (known.role === 'owner' && known.proof === 'code') return
  await proveOwner(tx, known.id)
  await recordAudit(tx, ctx, { action: 'households.prove-owner', object: `household:${known.householdId}` })
}

async function readBound(ctx: Ctx, residentId: string, householdId: string): Promise<HouseholdView> {
  const { reader } = ctx.db
  const row = (await findHouseholds(reader, [householdId])).get(householdId)
  const binding = await latestBinding(reader, await residentAliases(reader, residentId), householdId)
  if (row === undefined || binding === null) throw new AppError('not_found', { detail: 'binding gone' })
  const supply =
    row.supplyId === null ? null : ((await areaNames(reader, [row.supplyId])).get(row.supplyId) ?? null)
  return presentHousehold(ctx, row, binding, supply)
}

function triesUsed(ctx: Ctx): AppError {
  const now = ctx.clock.now()
  const tomorrow = shanghaiDayStart(shanghaiDay(now)) + DAY_MS
  return new AppError('bind_locked', {
    message: '今天试的次数太多了，请明天再试；着急请拨打客服电话核实身份。',
    retryAfterSeconds: Math.ceil((tomorrow - now) / 1000),
  })
}
