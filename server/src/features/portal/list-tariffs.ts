import type { z } from 'zod'
import type { Ctx } from '../../platforms/context'
import type { portalOperations } from './schema'

/** Every company's prices as configured, with the decree they come from and the day they were checked. */
export function listTariffs(ctx: Ctx): z.input<(typeof portalOperations)['tariffs.list']['output']> {
  return {
    tariffs: ctx.config.companies.map(({ id, tariff }) => ({
      companyId: id,
      title: tariff.title,
      validFrom: tariff.validFrom,
      source: tariff.source,
      checkedAt: tariff.checkedAt,
      rows: tariff.rows,
      lateFee: tariff.lateFee,
    })),
  }
}
