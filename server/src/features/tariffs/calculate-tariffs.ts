import type { z } from 'zod'
import { shanghaiDay } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { type Asked, comingList, reckon } from './reckon'
import type { tariffsOperations } from './schema'
import { tariffOn } from './tariff-of'

/** What a use would cost now, and by the announced list. Errors: not_found; invalid_input where a list says no prices. */
export function calculateTariffs(
  ctx: Ctx,
  { companyId, ...asked }: Asked & { readonly companyId: string },
): z.input<(typeof tariffsOperations)['tariffs.calculate']['output']> {
  const company = companyOf(ctx, companyId)
  const today = shanghaiDay(ctx.clock.now())
  const current = reckon(tariffOn(company, today), asked, today)
  if (current === null)
    throw new AppError('invalid_input', {
      message: `${company.name}的价格表没有写明这样算的单价，请拨打 ${company.hotline}`,
    })
  const next = comingList(company, today)
  return { current, coming: next === null ? null : reckon(next, asked, next.validFrom ?? today) }
}
