import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { coversAccount, platformMenu } from './menu'
import { insertMenu } from './store'

/**
 * Gives the platform the menu that the configuration has; a repeat gives it the same again. Errors: forbidden for
 * somebody who is not responsible for every company of the account, platform_unavailable.
 */
export async function publishMenu(ctx: Ctx): Promise<{ publishedAt: number }> {
  const staff = staffOf(ctx)
  if (!coversAccount(staff, ctx.config))
    throw new AppError('forbidden', {
      message: '公众号的菜单由几家公司共用，请负责全部公司的主管来发布。',
    })
  const menu = platformMenu(ctx.config)
  await ctx.platforms.officialAccount.createMenu(menu)
  const publishedAt = ctx.clock.now()
  await inTransaction(ctx, (tx) =>
    insertMenu(tx, {
      id: ctx.ids.next(),
      menu: JSON.stringify(menu),
      publishedAt,
      byId: staff.id,
      byName: staff.name,
    }),
  )
  return { publishedAt }
}
