import type { Kernel } from '../../kernel/kernel'

/** A button as menu/create takes it (wechat.md 2.5). */
export interface MenuButton {
  name: string
  type?: string
  key?: string
  url?: string
  appid?: string
  pagepath?: string
  sub_button?: MenuButton[]
}

const menus = (kernel: Kernel) => kernel.store.table<MenuButton[]>('wechat.account-menu')

/** The menu that was published last; empty before the first. */
export function publishedMenu(kernel: Kernel): readonly MenuButton[] {
  return menus(kernel).get('menu') ?? []
}

/** Replaces the account's menu, which whoever calls has checked. */
export function putMenu(kernel: Kernel, buttons: MenuButton[]): void {
  menus(kernel).put('menu', buttons)
}
