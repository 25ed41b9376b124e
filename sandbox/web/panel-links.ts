import type { Control } from './control'
import { button, h } from './dom'
import { createRedraw, section, table, type Section } from './panel-table'

interface ShownApp {
  wallet: 'wechat' | 'alipay'
  appId: string
  name: string
  released: boolean
  verifyFile: { name: string; content: string }
  rulesLeft: number
  publishesLeft: number | null
}

interface LinkRule {
  id: string
  wallet: ShownApp['wallet']
  appId: string
  link: string
  match: 'prefix' | 'exact'
  page: string
  state: 'added' | 'published'
}

interface Links {
  apps: ShownApp[]
  rules: LinkRule[]
}

const WALLETS = { wechat: '微信', alipay: '支付宝' }

const placeWords = ({ wallet, verifyFile }: ShownApp): string =>
  `${wallet === 'wechat' ? '放在规则的最后一级目录' : '放在域名根目录'}：${verifyFile.name}，内容 ${verifyFile.content}`

/** Both consoles' rules for ordinary links: which codes open the mini-program. */
export function linksSection(
  control: Control,
  act: (work: Promise<unknown>) => void,
): Section & { refresh: () => Promise<void> } {
  const box = section('links', '扫码规则', '扫到哪些链接，就打开小程序；没有规则的，钱包用浏览器打开。')
  const list = h('div', {})
  const redraw = createRedraw(list)
  const app = h('select', { testid: 'link-app', label: '小程序' })
  const match = h(
    'select',
    { testid: 'link-match', label: '怎么匹配（支付宝）' },
    h('option', { value: 'prefix', text: '开头匹配' }),
    h('option', { value: 'exact', text: '完全匹配' }),
  )
  const link = h('input', { placeholder: 'https://…/q/', label: '规则链接', testid: 'link-new' })
  const page = h('input', { placeholder: 'codes/home/index', label: '小程序页面', testid: 'link-page' })
  const hint = h('p', { class: 'note', testid: 'link-file' })
  let shown: Links = { apps: [], rules: [] }
  const chosen = (): ShownApp | undefined => shown.apps.find(({ appId }) => appId === app.value)
  const explain = (): void => {
    const one = chosen()
    match.hidden = one?.wallet !== 'alipay'
    hint.textContent = one ? `校验文件${placeWords(one)}` : ''
  }
  app.addEventListener('change', explain)
  const add = (): void => {
    const one = chosen()
    if (!one || link.value.trim() === '') return
    act(
      control.send('POST', '/links', {
        wallet: one.wallet,
        appId: one.appId,
        link: link.value.trim(),
        match: match.value,
        page: page.value.trim() || page.placeholder,
      }),
    )
  }
  box.content.append(
    list,
    h(
      'div',
      { class: 'row' },
      app,
      match,
      link,
      page,
      button({ class: 'act', testid: 'link-add', text: '加规则', onclick: add }),
    ),
    hint,
  )
  const refresh = async (): Promise<void> => {
    shown = await control.get<Links>('/links')
    if (app.options.length === 0) {
      app.append(
        ...shown.apps.map((one) =>
          h('option', { value: one.appId, text: `${WALLETS[one.wallet]} ${one.name} ${one.appId}` }),
        ),
      )
      explain()
    }
    redraw(shown, () => [releases(shown, control, act), rulesTable(shown, control, act)])
  }
  return { ...box, refresh }
}

/** Whether each mini-program that has rules is out. */
function releases(
  { apps, rules }: Links,
  control: Control,
  act: (work: Promise<unknown>) => void,
): HTMLElement {
  const used = apps.filter(({ appId }) => rules.some((rule) => rule.appId === appId))
  const rows = used.map((one) => {
    const toggle = h('input', {
      type: 'checkbox',
      testid: `released-${one.appId}`,
      label: `${one.name}小程序已发布`,
    })
    toggle.checked = one.released
    toggle.addEventListener('change', () =>
      act(control.send('POST', '/links/release', { appId: one.appId, released: toggle.checked })),
    )
    const left = one.publishesLeft === null ? '' : `，本月还能发布 ${one.publishesLeft} 次`
    return h(
      'div',
      { class: 'row' },
      h('h3', { text: `${WALLETS[one.wallet]} ${one.name}` }),
      h('span', { class: 'spread', text: `还能加 ${one.rulesLeft} 条${left}` }),
      h(
        'label',
        { class: 'switch' },
        toggle,
        h('i'),
        h('span', { text: one.released ? '小程序已发布' : '小程序没发布' }),
      ),
    )
  })
  return h('div', {}, ...rows)
}

function rulesTable({ rules }: Links, control: Control, act: (work: Promise<unknown>) => void): HTMLElement {
  const path = ({ id }: LinkRule): string => `/links/${encodeURIComponent(id)}`
  return table(
    rules,
    [
      { title: '钱包', cell: ({ wallet }) => WALLETS[wallet] },
      {
        title: '规则',
        cell: ({ link, wallet, match }) =>
          h('code', {
            text: wallet === 'alipay' ? `${link}（${match === 'exact' ? '完全' : '开头'}）` : link,
          }),
      },
      { title: '页面', cell: ({ page }) => h('code', { text: page }) },
      {
        title: '状态',
        cell: ({ state }) =>
          state === 'published'
            ? h('em', { class: 'tag good', text: '已发布' })
            : h('em', { class: 'tag', text: '没发布' }),
      },
      {
        title: '',
        cell: (rule) =>
          h(
            'span',
            { class: 'acts' },
            button({
              class: 'act small',
              text: rule.state === 'published' ? '重新发布' : '发布',
              testid: `publish-${rule.id}`,
              onclick: () => act(control.send('POST', `${path(rule)}/publish`)),
            }),
            button({
              class: 'act small',
              text: '删除',
              testid: `delete-${rule.id}`,
              onclick: () => act(control.send('DELETE', path(rule))),
            }),
          ),
      },
    ],
    '还没有规则：扫到的链接都用浏览器打开。',
  )
}
