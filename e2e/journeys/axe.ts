import { readFileSync } from 'node:fs'
import type { Frame, Page } from 'playwright-core'

const SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
/** axe's own words for what keeps people out; the lesser ones are advice. */
const GRAVE = ['serious', 'critical']

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly help: string
  readonly nodes: readonly { readonly target: readonly unknown[] }[]
}

/** What axe-core finds grave on a page, in words; `root` narrows it to one element of the page. */
export async function axeFaults(page: Page | Frame, root = 'body'): Promise<string[]> {
  // By evaluation and not by a script element, which the portal's content policy refuses.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(SOURCE)
  const violations = await page.evaluate(async (selector) => {
    const { axe } = globalThis as unknown as {
      axe: { run(root: Element | null, options: object): Promise<{ violations: Violation[] }> }
    }
    const { violations: found } = await axe.run(document.querySelector(selector), {
      resultTypes: ['violations'],
    })
    return found
  }, root)
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×, such as ${String(nodes[0]?.target)})`)
}
