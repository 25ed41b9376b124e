import type { MenuAction, MenuGroup } from '../official-account'

/**
 * The limits of the official account's menu (wechat.md 2.5). The platform's pages differ about the length of names:
 * four and seven Chinese characters is the older, stricter reading, which shows whole on every phone.
 */
const TOP_MOST = 3
const SUB_MOST = 5
const TOP_NAME_WIDTH = 8
const SUB_NAME_WIDTH = 14
const KEY_BYTES = 128
const URL_BYTES = 1024
const PAGE_BYTES = 1024

interface Fault {
  readonly path: string
  readonly message: string
}

/** Everything that the platform would refuse, each with the path of its button. */
export function menuFaults(menu: readonly (MenuAction | MenuGroup)[]): Fault[] {
  const faults: Fault[] = []
  const say = (path: string, message: string): void => void faults.push({ path, message })
  if (menu.length < 1 || menu.length > TOP_MOST) say('menu', `一级菜单应为 1 到 ${TOP_MOST} 个`)
  for (const [index, button] of menu.entries()) {
    const path = `menu.${index}`
    checkName(say, path, button.name, TOP_NAME_WIDTH)
    if (!('buttons' in button)) {
      checkAction(say, path, button)
      continue
    }
    if (button.buttons.length < 1 || button.buttons.length > SUB_MOST)
      say(`${path}.buttons`, `二级菜单应为 1 到 ${SUB_MOST} 个`)
    for (const [inner, action] of button.buttons.entries()) {
      checkName(say, `${path}.buttons.${inner}`, action.name, SUB_NAME_WIDTH)
      checkAction(say, `${path}.buttons.${inner}`, action)
    }
  }
  return faults
}

type Say = (path: string, message: string) => void

function checkName(say: Say, path: string, name: string, width: number): void {
  if (name.trim() === '' || widthOf(name) > width)
    say(`${path}.name`, `名称应为 1 到 ${width / 2} 个汉字（字母数字算半个）`)
}

function checkAction(say: Say, path: string, action: MenuAction): void {
  if (action.type === 'click') {
    if (action.key === '' || Buffer.byteLength(action.key) > KEY_BYTES)
      say(`${path}.key`, `键值应为 1 到 ${KEY_BYTES} 字节`)
    return
  }
  if (!/^https?:\/\//.test(action.url) || Buffer.byteLength(action.url) > URL_BYTES)
    say(`${path}.url`, `网址应以 https:// 开头，最多 ${URL_BYTES} 字节`)
  if (
    action.type === 'miniprogram' &&
    (action.page === '' || action.page.startsWith('/') || Buffer.byteLength(action.page) > PAGE_BYTES)
  )
    say(`${path}.page`, '页面路径不能为空，也不能以 / 开头')
}

/** A Chinese character is as wide as two letters. */
function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (/^[\x20-\x7e]$/.test(character) ? 1 : 2), 0)
}
