import { maskAccountNo } from '../../core/mask'
import type { Ctx } from '../../platforms/context'
import type { WritebackRow } from './entities'
import { troublesScope, type TroublesScope } from './troubles-scope'
import type { Trouble, TroubleKind } from './troubles-schema'
import {
  type DeadJob,
  deadJobs,
  type ExceptionFacts,
  exceptionsIn,
  type Page,
  postingsIn,
  type RefundFacts,
  refundsIn,
} from './troubles-store'

interface Asked {
  readonly kind: TroubleKind
  readonly companyId?: string | undefined
  readonly show: 'open' | 'resolved'
  readonly cursor?: string | undefined
  readonly limit: number
}

/** One kind of trouble of my companies, newest first; jobs belong to the whole portal and are seen with all of it. */
export async function listTroubles(
  ctx: Ctx,
  input: Asked,
): Promise<{ items: Trouble[]; nextCursor: string | null }> {
  const scope = troublesScope(ctx, input.companyId)
  if (!scope) return { items: [], nextCursor: null }
  // One row more than asked tells whether there is another page.
  const found = await read(ctx, scope, input, { before: input.cursor ?? null, limit: input.limit + 1 })
  const items = found.slice(0, input.limit)
  return { items, nextCursor: found.length > input.limit ? (items.at(-1)?.id ?? null) : null }
}

async function read(ctx: Ctx, scope: TroublesScope, input: Asked, page: Page): Promise<Trouble[]> {
  const { reader } = ctx.db
  switch (input.kind) {
    case 'exception':
      return (await exceptionsIn(reader, scope, { ...page, show: input.show })).map(ofException)
    case 'posting':
      return (await postingsIn(reader, scope, page)).map(ofPosting)
    case 'refund':
      return (await refundsIn(reader, scope, page)).map(ofRefund)
    case 'job':
      return scope.isWholePortal ? (await deadJobs(reader, page)).map(ofJob) : []
  }
}

const NOTHING = {
  companyId: null,
  orderNo: null,
  tradeNo: null,
  accountNoMasked: null,
  amountFen: null,
  attempts: null,
  nextTryAt: null,
  resolved: null,
} as const

function ofException(row: ExceptionFacts): Trouble {
  const { resolvedAt, resolvedByName, note } = row
  return {
    ...NOTHING,
    id: row.id,
    kind: 'exception',
    at: row.createdAt,
    code: row.code,
    detail: row.detail,
    companyId: row.companyId,
    orderNo: row.orderNo,
    tradeNo: row.code === 'reading_refused' ? null : row.tradeNo,
    accountNoMasked: row.accountNo === null ? null : maskAccountNo(row.accountNo),
    amountFen: row.code === 'reading_refused' ? null : row.amountFen,
    may: resolvedAt === null ? ['resolve'] : [],
    resolved: resolvedAt === null ? null : { at: resolvedAt, byName: resolvedByName ?? '', note: note ?? '' },
  }
}

function ofPosting(row: WritebackRow): Trouble {
  return {
    ...NOTHING,
    id: row.id,
    kind: 'posting',
    at: row.createdAt,
    code: `${row.kind === 'reading' ? 'reading' : 'posting'}_${row.state === 'refused' ? 'given_up' : 'waits'}`,
    detail: row.lastCode ?? '',
    companyId: row.companyId,
    orderNo: row.serial,
    ...(row.kind === 'reading' ? {} : { tradeNo: row.tradeNo, amountFen: row.amountFen }),
    accountNoMasked: maskAccountNo(row.accountNo),
    attempts: row.attempts,
    nextTryAt: row.state === 'due' && row.notBefore > 0 ? row.notBefore : null,
    may: ['retry'],
  }
}

function ofRefund(row: RefundFacts): Trouble {
  return {
    ...NOTHING,
    id: row.id,
    kind: 'refund',
    at: row.createdAt,
    code: `refund_${row.state}`,
    detail: row.refundNo,
    companyId: row.companyId,
    orderNo: row.orderNo,
    tradeNo: row.tradeNo,
    amountFen: row.amountFen,
    attempts: row.attempts,
    nextTryAt: row.nextAttemptAt,
    may: ['retry'],
  }
}

function ofJob(row: DeadJob): Trouble {
  return {
    ...NOTHING,
    id: row.id,
    kind: 'job',
    at: row.createdAt,
    code: row.job,
    detail: row.lastError ?? '',
    attempts: row.attempts,
    may: ['retry'],
  }
}
