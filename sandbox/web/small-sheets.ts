import type { Person } from './control'
import { button, h } from './dom'
import { ICONS, type IconName } from './icons'
import { readCode } from './read-code'
import { openSheet } from './sheet'

/** "138 0013 8001", or what it means that there is none. */
export function describePerson(person: Person): string {
  if (person.snapshot === true) return '快照页访客，身份是虚拟的'
  return person.phone === null
    ? '没有验证过的手机号'
    : `已验证 ${person.phone.replace(/^(\d{3})(\d{4})/, '$1 $2 ')}`
}

/** Lets one choose who holds the phone. Resolves with null when nobody was chosen. */
export function choosePerson(
  screen: HTMLElement,
  people: Person[],
  currentId: string,
): Promise<Person | null> {
  return new Promise((resolve) => {
    const finish = async (person: Person | null): Promise<void> => {
      await sheet.close()
      resolve(person)
    }
    const sheet = openSheet(screen, {
      testid: 'people-sheet',
      label: '谁拿着这部手机',
      kind: 'people',
      onDismiss: () => void finish(null),
    })
    const rows = people.map((person) =>
      button(
        { class: 'person', testid: `person-${person.id}`, onclick: () => void finish(person) },
        h('i', { class: `avatar a${avatarColour(person.id)}`, text: person.name.slice(-1) }),
        h('span', {}, h('b', { text: person.name }), h('small', { text: describePerson(person) })),
        person.id === currentId && h('i', { class: 'mark', html: ICONS.tick }),
      ),
    )
    sheet.body.append(
      h('h2', { text: '谁拿着这部手机' }),
      h('p', { class: 'hint', text: '换人等于换一部手机：登录和页面里记住的东西都从头开始。' }),
      ...rows,
    )
  })
}

/** One of four quiet colours, always the same for a person. */
export function avatarColour(id: string): number {
  return [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 4
}

/** The camera: takes the text of a code, or a picture of one. Resolves with null when it was closed. */
export function scanCode(screen: HTMLElement): Promise<string | null> {
  return new Promise((resolve) => {
    const finish = async (text: string | null): Promise<void> => {
      await sheet.close()
      resolve(text)
    }
    const sheet = openSheet(screen, {
      testid: 'scan-sheet',
      label: '扫一扫',
      kind: 'scan',
      onDismiss: () => void finish(null),
    })
    const input = h('input', {
      testid: 'scan-input',
      type: 'text',
      placeholder: '粘贴二维码里的链接或编号',
      label: '二维码的内容',
    })
    const submit = (): void => {
      const text = input.value.trim()
      if (text !== '') void finish(text)
    }
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') submit()
    })
    const problem = h('p', { class: 'hint', role: 'status', testid: 'scan-problem' })
    sheet.body.append(
      h('div', { class: 'viewfinder' }, h('i'), h('p', { text: '把二维码放进框里' })),
      h('p', { class: 'hint', text: '没有镜头：选一张码的照片，或粘贴码里的链接。' }),
      album((text) => void finish(text), problem),
      problem,
      h(
        'div',
        { class: 'scan-row' },
        input,
        button({ class: 'main', testid: 'scan-go', text: '打开', onclick: submit }),
      ),
    )
    input.focus()
  })
}

/** A picture of a code, as from the album or just taken of a printed sheet. */
function album(found: (text: string) => void, problem: HTMLElement): HTMLElement {
  const file = h('input', { type: 'file', testid: 'scan-picture', label: '从相册选一张码的照片' })
  file.accept = 'image/*'
  file.addEventListener('change', () => {
    const [picture] = file.files ?? []
    if (!picture) return
    problem.textContent = ''
    readCode(picture).then(
      (text) => {
        if (text === null) problem.textContent = '照片里没有认出二维码，换一张清楚的。'
        else found(text)
      },
      () => {
        problem.textContent = '这个文件不是照片。'
      },
    )
    // The same picture can be chosen again.
    file.value = ''
  })
  return h('label', { class: 'scan-album' }, h('span', { text: '从相册选' }), file)
}

/** One entry of the phone's own menu. */
export interface MenuItem {
  icon: IconName
  text: string
  testid: string
  act: () => void
}

/** The wallet's "···" menu. */
export function openMenu(screen: HTMLElement, from: string, items: MenuItem[]): void {
  const sheet = openSheet(screen, {
    testid: 'menu-sheet',
    label: '菜单',
    kind: 'menu',
    onDismiss: () => void sheet.close(),
  })
  const entries = items.map(({ icon, text, testid, act }) =>
    button(
      {
        class: 'menu-item',
        testid,
        onclick: () => void sheet.close().then(act),
      },
      h('i', { html: ICONS[icon] }),
      h('span', { text }),
    ),
  )
  sheet.body.append(
    h('p', { class: 'menu-from', text: `网页由 ${from} 提供` }),
    h('div', { class: 'menu-grid' }, ...entries),
    button({ class: 'menu-cancel', testid: 'menu-cancel', text: '取消', onclick: () => void sheet.close() }),
  )
}
