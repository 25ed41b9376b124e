import { button, h } from './dom'

/** A button of the account's menu, as menu/create took it. */
export interface MenuButton {
  name: string
  type?: string
  key?: string
  url?: string
  pagepath?: string
  sub_button?: MenuButton[]
}

/** The three buttons under the chat; one with others in it opens them above itself. */
export function drawMenu(menu: readonly MenuButton[], tap: (one: MenuButton) => void): HTMLElement {
  const places = menu.map((top, index) => {
    const inner = top.sub_button ?? []
    const place = h('div', {})
    const open = (): void => {
      const isOpen = place.querySelector('.account-sub') !== null
      for (const each of places) each.querySelector('.account-sub')?.remove()
      if (isOpen) return
      const sub = h('div', { class: 'account-sub', role: 'menu' })
      inner.forEach((one, innerIndex) => {
        const choose = (): void => {
          sub.remove()
          tap(one)
        }
        sub.append(button({ text: one.name, testid: `menu-${index}-${innerIndex}`, onclick: choose }))
      })
      place.append(sub)
    }
    place.append(
      button({
        class: inner.length > 0 ? 'top more' : 'top',
        testid: `menu-${index}`,
        text: top.name,
        onclick: () => (inner.length > 0 ? open() : tap(top)),
      }),
    )
    return place
  })
  return h('div', { class: 'account-menu', role: 'menubar' }, ...places)
}
