import type { Control } from './control'
import { button, h } from './dom'
import { createRedraw, section, type Section } from './panel-table'

export interface FaultRule {
  name: string
  probability?: number
  times?: number
  params?: Record<string, unknown>
}

export interface FaultState {
  active: FaultRule[]
  catalogue: { name: string; title: string }[]
}

const GROUPS: [RegExp, string][] = [
  [/^callback\./, '回调'],
  [/^http\./, '接口'],
  [/^(api|login|pay|prepay|probe|refund|subscribe|token)\./, '微信'],
  [/^alipay\./, '支付宝'],
  [/^sms\./, '短信'],
  [/^utility\./, '收费系统'],
]

function groupOf(name: string): string {
  return GROUPS.find(([pattern]) => pattern.test(name))?.[1] ?? '其他'
}

type Act = (work: Promise<unknown>) => void

/** The rule as it stands in the fields; throws with words for people when the parameters are no JSON. */
function readRule(name: string, probability: string, times: string, params: string): FaultRule {
  const rule: FaultRule = { name }
  if (probability.trim() !== '') rule.probability = Number(probability)
  if (times.trim() !== '') rule.times = Number(times)
  if (params.trim() === '') return rule
  try {
    rule.params = JSON.parse(params) as Record<string, unknown>
  } catch {
    throw new Error('参数要写成 JSON，例如 {"delayMs": 60000}')
  }
  return rule
}

function faultLine(
  control: Control,
  act: Act,
  fault: { name: string; title: string },
  rule: FaultRule | undefined,
): HTMLElement {
  const { name, title } = fault
  const field = (label: string, value: string, testid: string, placeholder: string): HTMLInputElement =>
    h('input', { testid: `fault-${name}-${testid}`, value, placeholder, label: `${title}：${label}` })
  const probability = field('概率', String(rule?.probability ?? ''), 'probability', '1')
  const times = field('次数', String(rule?.times ?? ''), 'times', '不限')
  const params = field('参数', rule?.params ? JSON.stringify(rule.params) : '', 'params', '{}')
  params.className = 'wide'
  const toggle = h('input', { type: 'checkbox', testid: `fault-${name}`, label: title })
  toggle.checked = rule !== undefined
  const send = async (): Promise<void> => {
    if (!toggle.checked) {
      await control.send('DELETE', `/faults/${encodeURIComponent(name)}`)
      return
    }
    try {
      await control.send('POST', '/faults', readRule(name, probability.value, times.value, params.value))
    } catch (error) {
      toggle.checked = rule !== undefined
      throw error
    }
  }
  toggle.addEventListener('change', () => act(send()))
  for (const input of [probability, times, params]) {
    input.addEventListener('change', () => {
      if (toggle.checked) act(send())
    })
  }
  return h(
    'div',
    { class: rule ? 'fault on' : 'fault' },
    h(
      'label',
      { class: 'switch' },
      toggle,
      h('i'),
      h('span', {}, h('b', { text: title }), h('code', { text: name })),
    ),
    h('label', {}, '概率', probability),
    h('label', {}, '次数', times),
    h('label', { class: 'wide' }, '参数', params),
  )
}

/** The faults that can be switched on, each with how often and how many times. */
export function faultsSection(control: Control, act: Act): Section & { show: (faults: FaultState) => void } {
  const box = section('faults', '让它出错', '打开以后，下一次遇到就按给定的概率发生；次数用完自己关上。')
  const redraw = createRedraw(box.content)
  const opened = new Map<string, boolean>([['回调', true]])
  const drawGroup = (group: string, { active, catalogue }: FaultState): HTMLElement => {
    const mine = catalogue.filter(({ name }) => groupOf(name) === group)
    const ruleOf = (name: string): FaultRule | undefined => active.find((rule) => rule.name === name)
    const count = mine.filter(({ name }) => ruleOf(name)).length
    const details = h(
      'details',
      {},
      h(
        'summary',
        {},
        h('b', { text: group }),
        h('em', { text: count > 0 ? `开着 ${count} 个` : `${mine.length} 种` }),
      ),
      ...mine.map((fault) => faultLine(control, act, fault, ruleOf(fault.name))),
    )
    details.dataset['testid'] = `faults-${group}`
    details.open = opened.get(group) ?? count > 0
    details.addEventListener('toggle', () => opened.set(group, details.open))
    return details
  }
  const clearAll = (active: FaultRule[]): Promise<unknown> =>
    Promise.all(active.map(({ name }) => control.send('DELETE', `/faults/${encodeURIComponent(name)}`)))
  const show = (faults: FaultState): void => {
    redraw(faults, () => {
      const groups = [...new Set(faults.catalogue.map(({ name }) => groupOf(name)))]
      const clear = button({
        class: 'act',
        testid: 'faults-clear',
        text: '全部关上',
        disabled: faults.active.length === 0,
        onclick: () => act(clearAll(faults.active)),
      })
      return [...groups.map((group) => drawGroup(group, faults)), h('div', { class: 'row' }, clear)]
    })
  }
  return { ...box, show }
}
