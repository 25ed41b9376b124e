import type { BrowserContext, Page } from 'playwright-core'

/** What no page may do on the way, whatever the journey is about. */
export class Guard {
  private readonly faults: string[] = []
  /** Names of our operations the page has asked for, in order. */
  readonly asked: string[] = []
  /** How the page says who is signed in; null while nobody is. */
  authorization: string | null = null
  /** Operations that this journey breaks on purpose, so that the browser's own complaint is expected. */
  private forgiving = false

  constructor(context: BrowserContext) {
    context.on('page', (page) => this.watch(page))
    context.on('request', (request) => {
      const url = new URL(request.url())
      if (!['data:', 'blob:', 'about:'].includes(url.protocol) && url.hostname !== '127.0.0.1')
        this.faults.push(`a request left for ${url.origin}`)
      if (!url.pathname.startsWith('/api/')) return
      this.asked.push(url.pathname.slice('/api/'.length))
      this.authorization = request.headers()['authorization'] ?? this.authorization
    })
    context.on('weberror', (error) =>
      this.faults.push(`exception: ${error.error().stack ?? error.error().message}`),
    )
  }

  private watch(page: Page): void {
    page.on('console', (message) => {
      if (message.type() !== 'error') return
      // The browser itself reports every answer above 399 and every cut connection.
      if (this.forgiving && /Failed to load resource/.test(message.text())) return
      this.faults.push(`console.error: ${message.text().slice(0, 300)} (${message.location().url})`)
    })
  }

  /** From here on failed requests are part of the journey, or are not any more. */
  expectFailures(forgiving = true): void {
    this.forgiving = forgiving
  }

  async found(page: Page): Promise<string[]> {
    const screens = await Promise.all(
      page.frames().map((frame) =>
        frame
          .locator('body')
          .innerText()
          .catch(() => ''),
      ),
    )
    const english = screens.flatMap(
      (text) =>
        /^.*\b(Error|Exception|undefined|NaN|null|\[object|Cannot |is not a|at https?:).*$/m.exec(
          text,
        )?.[0] ?? [],
    )
    return [...this.faults, ...english.map((line) => `an exception on the screen: ${line}`)]
  }
}
