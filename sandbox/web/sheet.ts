import { h } from './dom'

/** A panel that rises from the bottom of a phone's screen. */
export interface Sheet {
  /** Where the content goes; empty at first. */
  readonly body: HTMLElement
  /** Lets the sheet sink away; resolves when it is gone. */
  close(): Promise<void>
}

const SINK_MS = 180

/** Opens a sheet over `screen`. A tap beside it calls `onDismiss`; without one, it stays until it is closed. */
export function openSheet(
  screen: HTMLElement,
  options: { testid: string; label: string; kind?: string; onDismiss?: () => void },
): Sheet {
  const body = h('div', { class: `sheet ${options.kind ?? ''}`, role: 'dialog', label: options.label })
  body.dataset['testid'] = options.testid
  const shade = h('div', { class: 'shade' }, body)
  shade.addEventListener('click', (event) => {
    if (event.target === shade) options.onDismiss?.()
  })
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') options.onDismiss?.()
  }
  document.addEventListener('keydown', onKey)
  screen.append(shade)
  // Reading the height makes the browser lay the sheet out below the edge before it starts to rise.
  void shade.offsetHeight
  shade.classList.add('up')
  return {
    body,
    close: () =>
      new Promise((resolve) => {
        document.removeEventListener('keydown', onKey)
        shade.classList.remove('up')
        setTimeout(() => {
          shade.remove()
          resolve()
        }, SINK_MS)
      }),
  }
}

const TOAST_MS = 1_800

/** Shows a dark box with a few words in the middle of the screen for a moment. */
export function toast(screen: HTMLElement, text: string): void {
  const box = h('div', { class: 'toast', testid: 'toast', text, role: 'status' })
  screen.append(box)
  setTimeout(() => box.remove(), TOAST_MS)
}
