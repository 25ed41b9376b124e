import type { Phone } from './phone'

/** Everything on the page on top that can be pressed or written into, marked so that the focus can be told of it. */
const CONTROLS =
  '[role=button], [role=radio], [role=checkbox], [role=switch], [role=link], [role=tab], input, textarea, a[href], button'
/** More stops than any page has: a walk that does not end is a fault of its own. */
const MOST_STOPS = 400

interface Stop {
  /** Its place among the marked controls; null for something else that takes the focus, such as what scrolls. */
  readonly index: number | null
  readonly what: string
  readonly isWritten: boolean
  readonly isSeen: boolean
}

/** Marks the controls of the page on top and of what lies over it, and stands before the first of them. */
function begin(phone: Phone): Promise<string[]> {
  return phone.frame.locator('body').evaluate((body, wanted) => {
    const pages = [...body.querySelectorAll('.taro_page')].filter((one) => one.getClientRects().length > 0)
    const top = pages.at(-1) ?? body
    const names: string[] = []
    const isThere = (one: Element): boolean =>
      one.getClientRects().length > 0 &&
      one.checkVisibility({ visibilityProperty: true }) &&
      one.closest('[aria-hidden=true]') === null &&
      one.getAttribute('type') !== 'file'
    for (const one of body.querySelectorAll(wanted)) {
      if (!isThere(one)) continue
      one.setAttribute('data-stop', String(names.length))
      const said = one.getAttribute('aria-label') ?? one.textContent ?? ''
      names.push(`${one.id || one.className || one.tagName} ${said.trim().slice(0, 20)}`)
    }
    const pressed: string[] = []
    Object.assign(globalThis, { yihuPressed: pressed })
    // What a key does is only to be known, not to be done.
    const know = (event: Event): void => {
      event.stopImmediatePropagation()
      event.preventDefault()
      const stop = (event.target as Element).closest('[data-stop]')
      pressed.push(stop?.getAttribute('data-stop') ?? '?')
    }
    Object.assign(globalThis, { yihuKnow: know })
    window.addEventListener('click', know, true)
    const start = document.createElement('span')
    start.id = 'yihu-start'
    start.tabIndex = -1
    top.prepend(start)
    start.focus()
    return names
  }, CONTROLS)
}

/** Where the focus is; null once it has left the page. */
function stand(phone: Phone): Promise<Stop | null> {
  return phone.frame.locator('body').evaluate((body) => {
    const at = document.activeElement
    if (at === null || at === body || !document.hasFocus()) return null
    const index = at.getAttribute('data-stop')
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at)
    const isWritten = at.matches('input, textarea')
    const hasOutline = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
    return {
      index: index === null ? null : Number(index),
      what: `${at.id || at.className || at.tagName}`,
      isWritten,
      // Whoever writes sees the caret.
      isSeen: hasOutline || boxShadow !== 'none' || isWritten,
    }
  })
}

function end(phone: Phone): Promise<string[]> {
  return phone.frame.locator('body').evaluate((body) => {
    const { yihuPressed, yihuKnow } = globalThis as unknown as {
      yihuPressed: string[]
      yihuKnow: (event: Event) => void
    }
    window.removeEventListener('click', yihuKnow, true)
    body.querySelector('#yihu-start')?.remove()
    for (const one of body.querySelectorAll('[data-stop]')) one.removeAttribute('data-stop')
    return yihuPressed
  })
}

/**
 * Walks the page on top with the keyboard alone: Tab reaches whatever can be pressed or written into, the focus can be
 * seen on it, and Enter presses it.
 */
export async function keyFaults(phone: Phone): Promise<string[]> {
  const names = await begin(phone)
  const reached = new Set<number>()
  const faults: string[] = []
  let stops = 0
  for (; stops < MOST_STOPS; stops++) {
    await phone.page.keyboard.press('Tab')
    const at = await stand(phone)
    if (at === null || (at.index !== null && reached.has(at.index))) break
    if (!at.isSeen) faults.push(`the focus cannot be seen on ${at.what}`)
    if (at.index === null) continue
    reached.add(at.index)
    if (!at.isWritten) await phone.page.keyboard.press('Enter')
  }
  if (stops === MOST_STOPS) faults.push('Tab never comes to an end')
  const written = await phone.frame
    .locator('body')
    .evaluate((body) =>
      [...body.querySelectorAll('input[data-stop], textarea[data-stop]')].map((one) =>
        Number(one.getAttribute('data-stop')),
      ),
    )
  const pressed = new Set((await end(phone)).map(Number))
  for (const [index, name] of names.entries()) {
    if (!reached.has(index)) faults.push(`Tab does not reach ${name}`)
    else if (!written.includes(index) && !pressed.has(index)) faults.push(`Enter does nothing on ${name}`)
  }
  return faults
}
