import type { Phone } from './phone'

/** What WeChat’s audit of performance allows one page (field.md 4.1). */
const MOST = { nodes: 999, depth: 29, children: 60, images: 20 }

/**
 * How many elements the page on top has, how deep they stand, and how many stand side by side. The browser's page is
 * counted, which has a few more than the same page in a mini-program.
 */
export async function pageSizeFaults(phone: Phone): Promise<string[]> {
  const found = await phone.frame.locator('body').evaluate((body) => {
    const page = [...body.querySelectorAll('.taro_page')].find((one) => one.getBoundingClientRect().width > 0)
    const all = [...(page?.querySelectorAll('*') ?? [])]
    const depthOf = (element: Element): number => {
      let depth = 1
      for (let at = element.parentElement; at !== null && at !== page; at = at.parentElement) depth += 1
      return depth
    }
    return {
      nodes: all.length,
      depth: Math.max(0, ...all.map(depthOf)),
      children: Math.max(0, ...all.map((one) => one.children.length)),
      images: all.filter((one) => one.tagName === 'IMG').length,
    }
  })
  if (found.nodes === 0) return ['no page was found to be counted']
  return (Object.keys(MOST) as (keyof typeof MOST)[])
    .filter((what) => found[what] > MOST[what])
    .map((what) => `${found[what]} ${what} on a page, not ${MOST[what]}`)
}
