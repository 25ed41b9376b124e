import { expectNone } from '../report'
import type { Phone } from './phone'

/** The hard numbers of field.md 4.1, in CSS pixels. */
export interface Limits {
  readonly targetPx: number
  /** Elements that need more than others, by CSS selector. */
  readonly bigTargets: { readonly selector: string; readonly targetPx: number } | null
  readonly smallestTextPx: number
  /** From the last line of a paragraph to the first of the next, in distances of their lines; null is not measured. */
  readonly paragraphsApart: number | null
}

/** For everybody who has not asked for larger ones. */
export const NORMAL: Limits = { targetPx: 44, bigTargets: null, smallestTextPx: 10, paragraphsApart: null }

const CONTRAST = 4.5
const CONTRAST_LARGE = 3
const LARGE_TEXT_PX = 24
const LARGE_BOLD_TEXT_PX = 18.66
/** From one line of a text to the next, in heights of its letters. */
const LINES_APART = 1.3

/** Everything on the page on top that is too small to touch, too pale or too small to read. */
export async function lookFaults(phone: Phone, limits: Limits): Promise<string[]> {
  await phone.settle()
  const found = await Promise.all([
    targetFaults(phone, limits),
    textFaults(phone, limits),
    lineFaults(phone, limits),
  ])
  return found.flat()
}

/** The page on top is large enough to touch and to read, and axe finds nothing grave on it. */
export async function expectGoodLooks(phone: Phone, what: string): Promise<void> {
  expectNone(`looks of ${what}`, [...(await lookFaults(phone, NORMAL)), ...(await phone.axe())])
}

/**
 * Looks with the finger's eyes: from the middle of each target to both sides, up and down, whatever is hit there
 * must belong to the target. So a larger area around a small icon counts, and one that is covered does not.
 */
function targetFaults(phone: Phone, limits: Limits): Promise<string[]> {
  return phone.frame.locator('body').evaluate((body, { targetPx, bigTargets }) => {
    const wanted =
      '[role=button], [role=radio], [role=checkbox], [role=switch], [role=tab], [role=link], .btn, input, textarea, .weui-tabbar__item'
    const faults: string[] = []
    for (const target of body.querySelectorAll(wanted)) {
      const box = target.getBoundingClientRect()
      if (box.width === 0 || box.height === 0 || getComputedStyle(target).visibility === 'hidden') continue
      target.scrollIntoView({ block: 'center' })
      const { left, top, width, height } = target.getBoundingClientRect()
      const [x, y] = [left + width / 2, top + height / 2]
      const isOurs = (px: number, py: number): boolean => {
        const hit = document.elementFromPoint(px, py)
        return hit !== null && (target.contains(hit) || hit.contains(target))
      }
      // What lies under a page on top or beside the screen cannot be touched at all.
      const middle = document.elementFromPoint(x, y)
      if (middle === null || !(target === middle || target.contains(middle))) continue
      const isBig = bigTargets !== null && target.matches(bigTargets.selector)
      const half = (isBig && bigTargets ? bigTargets.targetPx : targetPx) / 2 - 1
      const reach = [
        width < half * 2 ? isOurs(x - half, y) && isOurs(x + half, y) : true,
        height < half * 2 ? isOurs(x, y - half) && isOurs(x, y + half) : true,
      ]
      if (reach.includes(false)) {
        const words = target.textContent?.trim().slice(0, 16) ?? ''
        faults.push(
          `target ${Math.round(width)}×${Math.round(height)}, not ${half * 2 + 2}: ${target.className || target.id} ${words}`,
        )
      }
    }
    return faults
  }, limits)
}

/** Contrast of every visible text against the colours behind it, and its size. */
function textFaults(phone: Phone, limits: Limits): Promise<string[]> {
  const numbers = {
    smallestTextPx: limits.smallestTextPx,
    CONTRAST,
    CONTRAST_LARGE,
    LARGE_TEXT_PX,
    LARGE_BOLD_TEXT_PX,
  }
  return phone.frame.locator('body').evaluate((body, limit) => {
    type Colour = [number, number, number, number]
    const read = (text: string): Colour => {
      const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
      return [r, g, b, a]
    }
    const over = ([r, g, b, a]: Colour, [br, bg, bb]: Colour): Colour => [
      r * a + br * (1 - a),
      g * a + bg * (1 - a),
      b * a + bb * (1 - a),
      1,
    ]
    const light = ([r, g, b]: Colour): number => {
      const [x = 0, y = 0, z = 0] = [r, g, b].map((part) => {
        const share = part / 255
        return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * x + 0.7152 * y + 0.0722 * z
    }
    const ground = (element: Element): Colour => {
      const layers: Colour[] = []
      for (let at: Element | null = element; at; at = at.parentElement) {
        const colour = read(getComputedStyle(at).backgroundColor)
        if (colour[3] > 0) layers.push(colour)
        if (colour[3] === 1) break
      }
      return layers.reduceRight<Colour>((below, layer) => over(layer, below), [255, 255, 255, 1])
    }
    const isFaded = (element: Element): boolean => {
      for (let at: Element | null = element; at; at = at.parentElement)
        if (Number(getComputedStyle(at).opacity) < 1) return true
      return false
    }
    const faults: string[] = []
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.textContent?.trim() ?? ''
      const element = node.parentElement
      if (words === '' || !element || /^(SCRIPT|STYLE)$/.test(element.tagName)) continue
      if (!element.checkVisibility({ visibilityProperty: true }) || isFaded(element)) continue
      const { color, fontSize, fontWeight } = getComputedStyle(element)
      const size = Number.parseFloat(fontSize)
      const back = ground(element)
      const [one, two] = [light(over(read(color), back)), light(back)]
      const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05)
      const isLarge =
        size >= limit.LARGE_TEXT_PX || (size >= limit.LARGE_BOLD_TEXT_PX && Number(fontWeight) >= 600)
      if (ratio < (isLarge ? limit.CONTRAST_LARGE : limit.CONTRAST))
        faults.push(`contrast ${ratio.toFixed(2)}: "${words.slice(0, 20)}" ${color} on ${back.join(',')}`)
      // In the wallets the tab bar is the wallet's own, in the size of all its tab bars.
      const isTabBar = element.closest('.weui-tabbar') !== null
      if (size < limit.smallestTextPx && !isTabBar) faults.push(`text of ${size} px: "${words.slice(0, 20)}"`)
    }
    return faults
  }, numbers)
}

/** A text of several lines: its box, its letters, the top of its last line, and how far its lines are apart. */
interface Paragraph {
  readonly parent: Element | null
  readonly letters: string
  readonly bottom: number
  readonly left: number
  readonly apart: number
}

/** How far the lines of each text stand apart. */
function lineFaults(phone: Phone, { paragraphsApart }: Limits): Promise<string[]> {
  const numbers = { leastApart: LINES_APART, paragraphs: paragraphsApart }
  return phone.frame.locator('body').evaluate((body, { leastApart, paragraphs }) => {
    const faults: string[] = []
    let last: Paragraph | null = null
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const words = node.textContent?.trim() ?? ''
      if (words === '' || !element?.checkVisibility({ visibilityProperty: true })) continue
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      range.selectNodeContents(node)
      const rects = [...range.getClientRects()]
      const lines = [...new Set(rects.map(({ top }) => Math.round(top)))]
      const apart = lines.slice(1).map((top, index) => (top - (lines[index] ?? top)) / size)
      // Rounded to whole pixels, a line may seem a little nearer than it is.
      const least = Math.min(...apart.filter((one) => one > 0.5))
      if (least < leastApart - 1 / size)
        faults.push(`lines ${least.toFixed(2)} apart, not ${leastApart}: "${words.slice(0, 20)}"`)
      // Texts of several lines each in the same letters, one under the other in the same box, are paragraphs; a title
      // and its note are none.
      const [first = 0] = lines
      const isParagraph = Number.isFinite(least) && getComputedStyle(element).display !== 'inline'
      const here: Paragraph | null = isParagraph
        ? {
            parent: element.parentElement,
            letters: `${size} ${getComputedStyle(element).color}`,
            bottom: lines.at(-1) ?? 0,
            left: Math.round(rects[0]?.left ?? 0),
            apart: least * size,
          }
        : null
      if (
        paragraphs !== null &&
        here &&
        last &&
        here.parent === last.parent &&
        here.letters === last.letters &&
        here.left === last.left
      ) {
        const gap = (first - last.bottom) / last.apart
        if (gap > 0 && gap < paragraphs - 1 / size)
          faults.push(`paragraphs ${gap.toFixed(2)} apart, not ${paragraphs}: "${words.slice(0, 20)}"`)
      }
      last = here
    }
    return faults
  }, numbers)
}
