/** The few helpers with which the phones and the panel draw themselves. */

type Child = Node | string | null | undefined | false

interface Options {
  class?: string
  testid?: string
  text?: string
  html?: string
  title?: string
  label?: string
  type?: string
  value?: string
  placeholder?: string
  disabled?: boolean
  href?: string
  role?: string
  onclick?: (event: MouseEvent) => void
  oninput?: () => void
  onchange?: () => void
}

function apply(element: HTMLElement, options: Options): void {
  if (options.class !== undefined) element.className = options.class
  if (options.testid !== undefined) element.dataset['testid'] = options.testid
  if (options.text !== undefined) element.textContent = options.text
  if (options.html !== undefined) element.innerHTML = options.html
  if (options.title !== undefined) element.title = options.title
  if (options.label !== undefined) element.setAttribute('aria-label', options.label)
  if (options.role !== undefined) element.setAttribute('role', options.role)
  for (const name of ['type', 'value', 'placeholder', 'href'] as const) {
    const value = options[name]
    if (value !== undefined) element.setAttribute(name, value)
  }
  if (options.disabled === true) element.setAttribute('disabled', '')
  if (options.onclick) element.addEventListener('click', options.onclick)
  if (options.oninput) element.addEventListener('input', options.oninput)
  if (options.onchange) element.addEventListener('change', options.onchange)
}

/** Makes an element. `html` is only for our own drawings, never for text that came from elsewhere. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: Options = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  apply(element, options)
  for (const child of children)
    if (child !== null && child !== undefined && child !== false) element.append(child)
  return element
}

/** A button that is announced by its text, or by `label` when it only carries a drawing. */
export function button(options: Options, ...children: Child[]): HTMLButtonElement {
  return h('button', { type: 'button', ...options }, ...children)
}

/** 341000 → "3,410.00". */
export function yuan(fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / 100)
  const rest = String(Math.abs(fen) % 100).padStart(2, '0')
  return `${fen < 0 ? '-' : ''}${whole.toLocaleString('en-US')}.${rest}`
}

const SHANGHAI_PARTS = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'long',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

interface Moment {
  year: string
  month: string
  day: string
  weekday: string
  /** 09:05 */
  time: string
  second: string
}

/** A moment as people in Shanghai read it. */
export function moment(ms: number): Moment {
  const parts = Object.fromEntries(SHANGHAI_PARTS.formatToParts(ms).map(({ type, value }) => [type, value]))
  const part = (name: string): string => parts[name] ?? ''
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    weekday: part('weekday'),
    time: `${part('hour')}:${part('minute')}`,
    second: part('second'),
  }
}

/** "刚刚", "5分钟前", "14:20", "昨天 14:20" or "11月20日 14:20", as a phone's drawer dates a message. */
export function since(ms: number, nowMs: number): string {
  const minutes = Math.floor((nowMs - ms) / 60_000)
  if (minutes < 1) return '刚刚'
  if (minutes < 60) return `${minutes}分钟前`
  const then = moment(ms)
  const sameDay = (other: Moment): boolean => then.month === other.month && then.day === other.day
  if (sameDay(moment(nowMs)) && minutes < 1_440) return then.time
  if (sameDay(moment(nowMs - 86_400_000)) && minutes < 2_880) return `昨天 ${then.time}`
  return `${then.month}月${then.day}日 ${then.time}`
}
