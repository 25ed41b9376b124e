import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, PageScreenshotOptions } from 'playwright-core'
import { ROOT } from '../../scripts/sources'

const SHOTS = join(ROOT, '.test/shots')
/** Nobody looks at the pictures of `npm test`, and six hundred of them take minutes: it keeps those of failures alone. */
const onlyFailures = process.env['YIHU_PICTURES'] === 'failed'

/** A picture of the page in .test/shots, for eyes. */
export async function takeShot(page: Page, name: string, how: PageScreenshotOptions = {}): Promise<void> {
  if (onlyFailures && !name.includes('FAILED')) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: join(SHOTS, `${name}.png`), ...how })
}
