import type { z } from 'zod'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { yuanInWords } from '../../core/money'
import { type Ctx, staffOf } from '../../platforms/context'
import { postToBilling } from '../payments'
import { assertSeen } from './desk-case'
import type { SupplyRow } from './entities'
import { presentDeskSupplies } from './list-supplies'
import type { heatingOperations } from './schema'
import { endSupply, lockSupply } from './supply-store'
import { tellOfSupply } from './tell'

type Answer = z.output<(typeof heatingOperations)['heating.decideSupply']['output']>

/**
 * Decides about an application. Its effect on the fee is handed to the billing system in the same transaction; the bill
 * itself changes by the company's next export and by nothing else. Errors: not_found, request_changed,
 * move_not_allowed, invalid_input when the rules leave the effect open and nobody says it.
 */
export async function decideSupply(
  ctx: Ctx,
  input: {
    readonly supplyId: string
    readonly version: number
    readonly approve: boolean
    readonly answer: string
    readonly effectFen?: number | undefined
  },
): Promise<Answer> {
  const row = await inTransaction(ctx, async (tx) => {
    const found = assertSeen(ctx, await lockSupply(tx, input.supplyId))
    if (found.state !== 'open') throw new AppError('move_not_allowed', { message: '这份申请已经处理过了。' })
    if (found.version !== input.version) throw new AppError('request_changed')
    const staff = staffOf(ctx)
    const decided: SupplyRow = {
      ...found,
      state: input.approve ? 'approved' : 'refused',
      openSlot: null,
      effectFen: input.approve ? effectOf(found, input.effectFen) : found.effectFen,
      decidedById: staff.id,
      decidedByName: staff.name,
      decidedAt: ctx.clock.now(),
      answer: input.answer,
      version: found.version + 1,
    }
    await endSupply(tx, decided)
    if (input.approve) await postEffect(tx, ctx, decided)
    await tellOfSupply(tx, ctx, decided, {
      state: input.approve ? '已同意' : '没有同意',
      remark: input.approve ? `${effectInWords(decided)}${input.answer}` : input.answer,
    })
    return decided
  })
  const [supply] = await presentDeskSupplies(ctx, [row])
  if (!supply) throw new Error(`The application ${row.id} could not be presented.`)
  return { supply }
}

/** Where the rules say it, nobody says otherwise. */
function effectOf(row: SupplyRow, said: number | undefined): number {
  const effectFen = row.effectFen === null ? said : Number(row.effectFen)
  if (effectFen === undefined)
    throw new AppError('invalid_input', {
      message: '当地规定没有写清费用，请填写这份申请对应的金额。',
      fields: [{ path: 'effectFen', message: '请填写金额' }],
    })
  return effectFen
}

async function postEffect(tx: Tx, ctx: Ctx, row: SupplyRow): Promise<void> {
  if (row.effectFen === null || row.effectFen === 0) return
  await postToBilling(tx, ctx, {
    serial: `HS${row.id}`,
    kind: row.kind === 'stop' ? 'reduction' : 'surcharge',
    companyId: row.companyId,
    accountNo: row.accountNo,
    period: row.season,
    amountFen: row.effectFen,
  })
}

function effectInWords({ kind, effectFen }: SupplyRow): string {
  if (effectFen === null || effectFen === 0) return ''
  return `${kind === 'stop' ? '热费少收' : '热费补收'} ${yuanInWords(effectFen)} 元，以下次出账为准。`
}
