/** Boxes that act like a control, whether our pages or Taro's own dialogs drew them; a browser gives a box no keys. */
const controls =
  '[role=button], [role=radio], [role=checkbox], [role=switch], [role=link], [role=tab], .taro-model__btn'
const layers = '.taro-modal__content, .sheet'

const isShown = (element: Element): boolean => element.getClientRects().length > 0

/** What lies over the page now. */
function topLayer(): HTMLElement | null {
  const shown = [...document.querySelectorAll<HTMLElement>(layers)].filter(isShown)
  return shown.find((one) => one.matches('.taro-modal__content')) ?? shown.at(-1) ?? null
}

function makeReachable(root: ParentNode): void {
  for (const control of root.querySelectorAll(`:is(${controls}):not([tabindex])`))
    control.setAttribute('tabindex', '0')
  for (const button of root.querySelectorAll('.taro-model__btn:not([role])'))
    button.setAttribute('role', 'button')
}

function press(event: KeyboardEvent): void {
  const { key, target } = event
  if (key === 'Escape') {
    // A dialog wants an answer; a sheet may be left by touching what is beside it.
    const beside = topLayer()?.previousElementSibling
    if (beside instanceof HTMLElement && beside.matches('.sheet-veil')) beside.click()
    return
  }
  if (key !== 'Enter' && key !== ' ') return
  if (!(target instanceof HTMLElement) || !target.matches(controls)) return
  // Space would scroll the page as well.
  event.preventDefault()
  target.click()
}

/** From now on whatever can be pressed is reached with Tab, pressed with Enter or Space, and Escape closes a sheet. */
export function serveKeyboard(): void {
  // Before Taro's fields, which keep their keys to themselves.
  document.addEventListener('keydown', press, true)
  // Nobody walks under what lies on top.
  document.addEventListener('focusin', ({ target }) => {
    const layer = topLayer()
    if (layer && target instanceof Node && !layer.contains(target)) layer.focus()
  })
  makeReachable(document)
  new MutationObserver(() => makeReachable(document)).observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ['role'],
  })
}

/** A sheet or a dialog has opened: the focus goes into it. Gives what brings it back to where it was. */
export function holdFocus(): () => void {
  const before = document.activeElement
  let isHeld = true
  // Taro's elements come and go out of sight in their first frames, and what cannot be seen loses the focus.
  const take = (frames: number): void => {
    const layer = topLayer()
    layer?.setAttribute('role', 'dialog')
    layer?.setAttribute('aria-modal', 'true')
    layer?.setAttribute('tabindex', '-1')
    if (layer?.contains(document.activeElement) === false) layer.focus()
    if (isHeld && frames > 0) requestAnimationFrame(() => take(frames - 1))
  }
  take(30)
  return () => {
    isHeld = false
    if (before instanceof HTMLElement && isShown(before)) before.focus()
  }
}
