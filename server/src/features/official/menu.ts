import type { SignedInStaff } from '../../core/context'
import type { MenuAction, MenuGroup } from '../../platforms'
import type { Config } from '../../platforms/whole-config'
import { accountBook, portalOf } from './account-book'
import type { AccountBook, MenuButton, MenuItem } from './account-shape'
import { fillWords } from './compose-reply'
import { pageUrl } from './immediate-reply'
import { answerNamed } from './match-answer'
import type { Portal } from './reply'

/** The configured menu as the platform takes it. The start has refused one that it would not take. */
export function platformMenu(config: Config): (MenuAction | MenuGroup)[] {
  const portal = portalOf(config)
  const action = (item: MenuItem): MenuAction => {
    const { name } = item
    if (item.answer !== undefined) return { type: 'click', name, key: item.answer }
    if (item.mini !== undefined)
      return { type: 'miniprogram', name, page: item.mini, url: pageUrl(portal, item.mini, {}) }
    return { type: 'view', name, url: item.url ?? pageUrl(portal, item.page ?? 'pages/home/index', {}) }
  }
  return accountBook(config).account.menu.map((button) =>
    button.items === undefined
      ? action(button)
      : { name: button.name, buttons: button.items.map((item) => action(item)) },
  )
}

/** What a tap does, for whoever publishes the menu. */
export function menuInWords(
  book: AccountBook,
  portal: Portal,
): {
  name: string
  does: string
  items: { name: string; does: string }[]
}[] {
  const does = (item: MenuItem): string => {
    if (item.page !== undefined) return `打开页面 ${item.page}`
    if (item.mini !== undefined) return `打开小程序 ${item.mini}`
    if (item.url !== undefined) return `打开 ${item.url}`
    const match = answerNamed(book, item.answer ?? '')
    if (match?.answer.live === 'owed') return '回复待缴金额'
    if (match?.answer.live === 'outages') return '回复停供通知'
    return match ? `回复“${fillWords(match.answer.words, match.file, portal).split('\n')[0] ?? ''}”` : ''
  }
  return book.account.menu.map((button: MenuButton) => ({
    name: button.name,
    does: button.items === undefined ? does(button) : '打开子菜单',
    items: (button.items ?? []).map((item) => ({ name: item.name, does: does(item) })),
  }))
}

/** The account speaks for all its companies, so whoever changes what it shows must be responsible for each of them. */
export function coversAccount(
  staff: Pick<SignedInStaff, 'companies' | 'areaPaths'>,
  config: Config,
): boolean {
  if (staff.areaPaths !== null) return false
  const { company } = accountBook(config).account
  const served = company ? [company.id] : config.companies.map(({ id }) => id)
  return staff.companies === null || served.every((id) => staff.companies?.includes(id))
}
