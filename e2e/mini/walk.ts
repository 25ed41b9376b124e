import { until } from '../../scripts/processes'
import type { MiniApp } from './mini-app'
import { findNode, type ViewNode } from './view'

const PATIENCE_MS = 8_000

const isTicked = (node: ViewNode): boolean =>
  node.kind === 'element' && /\b(check|toggle)\b.*\bon\b/.test(String(node.attributes['class']))

/** A finger on the screen of a running mini-program: it waits for what it wants to touch. */
export class Finger {
  constructor(private readonly app: MiniApp) {}

  async onPage(route: string): Promise<void> {
    await this.when(() => this.app.route === route, `the page ${route}`)
  }

  async sees(text: string): Promise<void> {
    await this.when(() => this.app.byText(text) !== null, `"${text}"`)
  }

  async seesId(id: string): Promise<void> {
    await this.when(() => this.app.byId(id) !== null, `#${id}`)
  }

  async tap(id: string): Promise<void> {
    await this.seesId(id)
    this.app.fire(this.found(this.app.byId(id), id), 'tap')
  }

  /** Whether the row's tick or toggle is on. */
  isOn(id: string): boolean {
    const row = this.app.byId(id)
    return row !== null && findNode(row, isTicked) !== null
  }

  /** Takes the first time that is free, whatever the hour; it is held from then on. */
  async takeSlot(): Promise<void> {
    // Slots are named by their ids, which begin with a digit for as long as there are dates.
    const first = (): ViewNode | null => this.app.byIdStart('slot-0')
    await this.when(() => first() !== null, 'a free time')
    this.app.fire(this.found(first(), 'a free time'), 'tap')
    await this.seesId('slot-held')
  }

  async tapText(text: string): Promise<void> {
    await this.sees(text)
    this.app.fire(this.found(this.app.byText(text), text), 'tap')
  }

  async type(id: string, value: string): Promise<void> {
    await this.seesId(id)
    this.app.fire(this.found(this.app.byId(id), id), 'input', { value, cursor: value.length })
    await this.when(() => this.app.attribute(id, 'value') === value, `"${value}" in #${id}`)
  }

  /** Taps one of several choices and waits until it is the chosen one. */
  async choose(text: string): Promise<void> {
    await this.tapText(text)
    const isOn = (): boolean => / on\b/.test(String(this.app.byText(text)?.parent?.attributes['class'] ?? ''))
    await this.when(isOn, `${text} chosen`)
  }

  /** Waits until the text stands on the page so many times. */
  async count(text: string, times: number): Promise<void> {
    await this.when(() => this.app.text().split(text).length - 1 >= times, `"${text}" ${times} times`)
  }

  /** Waits until nothing on the page is still being fetched, so that every part of it has its answer. */
  async settled(): Promise<void> {
    await this.when(() => !this.app.isLoading(), 'the end of loading')
  }

  /** Waits for something that is not on the page. */
  async until(holds: () => boolean, what: string): Promise<void> {
    await this.when(holds, what)
  }

  private found(node: ViewNode | null, what: string): ViewNode {
    if (!node) throw new Error(`${what} went away`)
    return node
  }

  private async when(holds: () => boolean, what: string): Promise<void> {
    const { app } = this
    await until(() => Promise.resolve(holds()), {
      timeoutMs: PATIENCE_MS,
      everyMs: 10,
      timedOut: () =>
        `${what} did not come. On ${app.route}:\n${app.text()}\nFaults: ${app.faults.join('\n') || 'none'}`,
    })
  }
}
