import { createControl } from './control'
import { h } from './dom'
import { type PageConfig, Phone } from './phone'
import type { PhoneName } from './protocol'
import { createSandboxTime } from './sandbox-time'

/** The page with one phone, the residents' two, or all three. */

const SCREEN = { width: 414, height: 868 }
const TOOLS_WIDTH = 208
const SMALL_DISPLAY = '(max-width: 560px)'

/** Makes the phones as large as the window lets them be, never larger than a real one. */
function fit(stage: HTMLElement, phones: number): void {
  const small = matchMedia(SMALL_DISPLAY).matches
  const widthNeeded = phones * (SCREEN.width + TOOLS_WIDTH) + 72
  const scale = small ? 1 : Math.min(1, (innerHeight - 32) / SCREEN.height, innerWidth / widthNeeded)
  stage.style.setProperty('--scale', String(Math.max(0.5, scale)))
}

const ALONE = /\/(wechat|alipay|worker)$/

function shown(): PhoneName[] {
  const alone = ALONE.exec(location.pathname)?.[1]
  if (alone) return [alone as PhoneName]
  return location.pathname === '/phones' ? ['wechat', 'alipay', 'worker'] : ['wechat', 'alipay']
}

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) return
  const control = createControl('/control')
  const time = createSandboxTime(control)
  const response = await fetch('/phones/config.json', { cache: 'no-store' })
  const config = (await response.json()) as PageConfig
  const wallets = shown()
  const stage = h('main', { class: `stage of-${wallets.length}`, testid: 'phones' })
  const phones = wallets.map((wallet) => {
    const other: PhoneName = wallet === 'wechat' ? 'alipay' : 'wechat'
    const toOther = (): void => {
      const isSmall = matchMedia(SMALL_DISPLAY).matches
      if (wallets.length === 1 || !isSmall) location.assign(`/phones/${other}`)
      else stage.dataset['front'] = other
    }
    return new Phone(wallet, config, control, time.nowMs, toOther)
  })
  stage.dataset['front'] = wallets[0] ?? 'wechat'
  stage.append(...phones.map(({ element }) => element))
  const corner = h(
    'nav',
    { class: 'corner' },
    h('b', { text: '一户沙箱' }),
    h('a', { href: '/panel', testid: 'panel-link', text: '控制台' }),
  )
  root.replaceChildren(stage, corner)
  fit(stage, phones.length)
  addEventListener('resize', () => fit(stage, phones.length))
  for (const phone of phones) phone.start()
}

void start()
