import { createControl } from './control'
import { h } from './dom'
import { clockSection, type ClockState } from './panel-clock'
import { faultsSection, type FaultState } from './panel-faults'
import { linksSection } from './panel-links'
import {
  callbacksSection,
  mailSection,
  moneySection,
  peopleSection,
  smsSection,
  utilitySection,
} from './panel-lists'

/** The panel with which people steer the sandbox. */

interface StateAnswer {
  seed: number
  clock: ClockState
  faults: FaultState
  timers: { label: string; dueMs: number }[]
}

const LOOK_EVERY_MS = 2_000

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) return
  const control = createControl('/control')
  const response = await fetch('/phones/config.json', { cache: 'no-store' })
  const { companies } = (await response.json()) as { companies: string[] }
  const notice = h('p', { class: 'notice', role: 'status', testid: 'panel-notice' })
  const seed = h('span', { testid: 'panel-seed' })
  const say = (error: unknown): void => {
    notice.textContent = error instanceof Error ? error.message : ''
  }
  const act = (work: Promise<unknown>): void => {
    work.then(
      () => look(''),
      (error: unknown) => say(error),
    )
  }
  const clock = clockSection(control, act)
  const faults = faultsSection(control, act)
  const lists = [
    callbacksSection(control, act),
    linksSection(control, act),
    moneySection(control),
    utilitySection(control, act, companies),
    smsSection(control),
    mailSection(control),
    peopleSection(control, act),
  ]
  async function look(clear?: string): Promise<void> {
    try {
      const state = await control.get<StateAnswer>('/state')
      seed.textContent = `种子 ${state.seed}`
      clock.show(state.clock, state.timers)
      faults.show(state.faults)
      await Promise.all(lists.map(({ refresh }) => refresh()))
      if (clear !== undefined || notice.dataset['lost'] === '1') notice.textContent = ''
      notice.dataset['lost'] = '0'
    } catch (error) {
      say(error)
      notice.dataset['lost'] = '1'
    }
  }
  root.replaceChildren(
    h(
      'header',
      { class: 'top' },
      h('h1', { text: '一户沙箱 · 控制台' }),
      seed,
      h(
        'nav',
        {},
        h('a', { href: '/', text: '两部手机' }),
        h('a', { href: '/phones/wechat', text: '微信' }),
        h('a', { href: '/phones/alipay', text: '支付宝' }),
      ),
    ),
    notice,
    h(
      'main',
      {},
      h('div', { class: 'column' }, clock.element, faults.element),
      h('div', { class: 'column' }, ...lists.map(({ element }) => element)),
    ),
  )
  await look()
  setInterval(() => {
    if (document.visibilityState === 'visible') void look()
  }, LOOK_EVERY_MS)
}

void start()
