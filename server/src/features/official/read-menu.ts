import { type Ctx, staffOf } from '../../platforms/context'
import { accountBook, portalOf } from './account-book'
import { coversAccount, menuInWords, platformMenu } from './menu'
import { newestMenu } from './store'

interface MenuState {
  account: string
  buttons: ReturnType<typeof menuInWords>
  published: { at: number; byName: string; isCurrent: boolean } | null
  mayPublish: boolean
}

/** What the configuration says the menu is, and when which one was published. */
export async function readMenu(ctx: Ctx): Promise<MenuState> {
  const book = accountBook(ctx.config)
  const newest = await newestMenu(ctx.db.reader)
  const staff = staffOf(ctx)
  return {
    account: book.account.company?.name ?? ctx.config.portal.name,
    buttons: menuInWords(book, portalOf(ctx.config)),
    published: newest && {
      at: Number(newest.publishedAt),
      byName: newest.byName,
      isCurrent: newest.menu === JSON.stringify(platformMenu(ctx.config)),
    },
    mayPublish: staff.roles.includes('supervisor') && coversAccount(staff, ctx.config),
  }
}
