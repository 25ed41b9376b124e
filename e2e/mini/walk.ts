import { until } from '../../scripts/processes'
import type { MiniApp } from './mini-app'
import type { ViewNode } from './view'

const PATIENCE_MS = 8_000

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
