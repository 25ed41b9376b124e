import type { AccountFile, AccountLink, MenuButton, MenuItem } from './account-shape'

/**
 * What the platform takes (wechat.md 2.3 and 2.5). Its pages differ on the length of menu names; these are the shorter
 * ones, so that no name is cut on any telephone.
 */
const MENU = { buttons: 3, items: 5, buttonChars: 4, itemChars: 7, urlBytes: 1024 } as const

/** A text answer is at most about 2,048 bytes; with room for a link and the figures. */
export const REPLY_BYTES = 2000
const WORDS_BYTES = 1500
const KNOWN_VARIABLES = ['portal', 'company', 'hotline', 'hours']

/** A Chinese character counts one, what is half as wide counts half. */
function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[ -~]/.test(char) ? 0.5 : 1), 0)
}

/** Everything about this menu that the platform would refuse, in words that say what to change. */
export function menuFaults(menu: readonly MenuButton[], answerNames: readonly string[]): string[] {
  const known = new Set(answerNames)
  return [
    ...(menu.length > MENU.buttons
      ? [`菜单最多${MENU.buttons}个，现在有${menu.length}个，请删掉几个。`]
      : []),
    ...menu.flatMap((button) => [
      ...nameFault(button.name, MENU.buttonChars),
      ...(button.items === undefined ? targetFaults(button, known) : groupFaults(button, known)),
    ]),
  ]
}

function groupFaults(button: MenuButton, known: ReadonlySet<string>): string[] {
  const items = button.items ?? []
  return [
    ...(targetsOf(button).length > 0 ? [`菜单“${button.name}”有子菜单，自己就不能再打开页面。`] : []),
    ...(items.length > MENU.items
      ? [`菜单“${button.name}”下面最多${MENU.items}项，现在有${items.length}项。`]
      : []),
    ...items.flatMap((item) => [...nameFault(item.name, MENU.itemChars), ...targetFaults(item, known)]),
  ]
}

function nameFault(name: string, most: number): string[] {
  return widthOf(name) <= most ? [] : [`菜单名“${name}”太长，最多${most}个汉字。`]
}

function targetsOf(item: MenuItem): string[] {
  return [item.page, item.mini, item.url, item.answer].filter((target) => target !== undefined)
}

function targetFaults(item: MenuItem, known: ReadonlySet<string>): string[] {
  const targets = targetsOf(item)
  if (targets.length !== 1) return [`菜单“${item.name}”要且只要一个去处：页面、小程序、网址或回答。`]
  if (item.answer !== undefined && !known.has(item.answer))
    return [`菜单“${item.name}”指向的回答“${item.answer}”不存在。`]
  return item.url !== undefined && Buffer.byteLength(item.url) > MENU.urlBytes
    ? [`菜单“${item.name}”的网址太长，最多${MENU.urlBytes}字节。`]
    : []
}

/** Variables that nothing fills, angle brackets that would end a link, and words longer than a chat bubble takes. */
export function wordsFaults(file: AccountFile): string[] {
  const all: [string, string | undefined][] = [
    ['welcome', file.welcome],
    ['handover', file.handover],
    ['household', file.household],
    ['unknownScene', file.unknownScene],
    ...file.answers.map(({ name, words }): [string, string] => [`answers.${name}`, words]),
  ]
  return all.flatMap(([at, words = '']) => {
    const strange = [...words.matchAll(/\$\{([^}]*)\}/g)]
      .map(([, variable = '']) => variable)
      .filter((variable) => !KNOWN_VARIABLES.includes(variable) || (variable === 'company' && !file.company))
    return [
      ...strange.map((variable) => `${at}: nothing fills \${${variable}}`),
      ...(/[<>]/.test(words) ? [`${at}: < and > are not allowed, links are written by us`] : []),
      ...(Buffer.byteLength(words) > WORDS_BYTES ? [`${at}: more than ${WORDS_BYTES} bytes`] : []),
    ]
  })
}

export function linkFault(link: AccountLink): string[] {
  return /[<>]/.test(link.words) ? [`the link “${link.words}” has < or > in its words`] : []
}
