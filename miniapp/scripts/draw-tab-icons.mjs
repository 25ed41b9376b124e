// Draws the tab bar's PNG icons (mini-programs take no SVG there) from the same strokes as design/icons.scss.
// Run by hand after changing them: node miniapp/scripts/draw-tab-icons.mjs
import { mkdir, readFile } from 'node:fs/promises'
import { chromium } from 'playwright-core'

const folder = new URL('../src/', import.meta.url).pathname
const scss = await readFile(`${folder}design/icons.scss`, 'utf8')
const strokeOf = (name) => new RegExp(`${name}: "([^"]+)"`).exec(scss)?.[1] ?? ''
const icons = { home: 'home', bills: 'bill', me: 'person' }
const colours = { '': '#686F7A', '-on': '#CC440E', '-dark': '#A0A7B2', '-on-dark': '#FF9466' }

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
})
const page = await browser.newPage({ viewport: { width: 81, height: 81 } })
await mkdir(`${folder}assets`, { recursive: true })
for (const [file, icon] of Object.entries(icons)) {
  for (const [suffix, colour] of Object.entries(colours)) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="65" height="65" viewBox="0 0 24 24" fill="none" stroke="${colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="${strokeOf(icon)}"/></svg>`
    await page.setContent(`<body style="margin:8px;background:transparent">${svg}`)
    await page.screenshot({ path: `${folder}assets/${file}${suffix}.png`, omitBackground: true })
  }
}
await browser.close()
