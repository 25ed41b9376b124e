import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Koa from 'koa'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../e2e/journeys/browser'
import { type Build, makeFresh, walletBuild } from '../scripts/builds'
import { bin, run } from '../scripts/run'
import { ROOT } from '../scripts/sources'
import { staticPages } from '../server/src/core/http/static-pages'
import { type BenchResult, median, round, say } from './lib/result'
import { openWorld, startPortal } from './lib/world'

const MOST = 1.6
const ROUNDS = 7
const WAIT_MS = 60_000
const CPU_SLOWDOWN = 4
/** Lighthouse’s slow 4G, put on by the browser itself. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
}

const bareBuild: Build = {
  name: 'bare Taro page',
  output: 'bench/bare-taro/dist',
  proof: 'bench/bare-taro/dist/index.html',
  inputs: [
    'bench/bare-taro/src',
    'bench/bare-taro/config',
    'bench/bare-taro/package.json',
    'bench/bare-taro/babel.config.js',
    'package-lock.json',
  ],
  make: async (root) => {
    const ran = await run(bin('taro'), ['build', '--no-check', '--type', 'h5'], {
      cwd: join(root, 'bench/bare-taro'),
      env: { NODE_ENV: 'production' },
    })
    if (ran.code !== 0 || !existsSync(join(root, 'bench/bare-taro/dist/index.html')))
      throw new Error(`The bare page could not be built:\n${ran.output}`)
  },
}

/**
 * When a stranger with a slow telephone on a slow network first reads something of use: on our home the word of
 * welcome with its button and the services, on the bare page its one line. Cold caches on both sides, in turn.
 */
export async function benchFirstScreen(): Promise<BenchResult> {
  for (const build of [walletBuild.h5, bareBuild]) if (await makeFresh(build)) say(`built: ${build.name}`)
  const world = await openWorld()
  const browser = await launchBrowser()
  try {
    await (await world.database('bench_first')).query('SELECT 1')
    const portal = await startPortal(world, 'bench_first')
    const bare = await serveBare()
    const sides = {
      ours: () => paintedMs(browser, `http://127.0.0.1:${portal.port}/`, '#read-privacy, .tile'),
      floor: () => paintedMs(browser, bare.url, '#bare'),
    }
    // What a first run alone pays for, such as the browser's own start, belongs to neither.
    await sides.ours()
    await sides.floor()
    const pairs: { ours: number; floor: number }[] = []
    for (let number = 1; number <= ROUNDS; number++) {
      const pair = { ours: await sides.ours(), floor: await sides.floor() }
      pairs.push(pair)
      say(`round ${number}: home ${round(pair.ours, 0)} ms, bare page ${round(pair.floor, 0)} ms`)
    }
    await Promise.all([portal.stop(), bare.stop()])
    const ratio = round(median(pairs.map((pair) => pair.ours / pair.floor)))
    return {
      name: 'first-screen',
      ratio,
      ours: round(median(pairs.map((pair) => pair.ours)), 0),
      floor: round(median(pairs.map((pair) => pair.floor)), 0),
      unit: 'ms to the first useful paint',
      passed: ratio <= MOST,
    }
  } finally {
    await browser.close()
    await world.stop()
  }
}

/** The bare page as the portal serves its own: compressed, with the same headers of caching. */
async function serveBare(): Promise<{ url: string; stop: () => Promise<void> }> {
  const pages = staticPages(join(ROOT, bareBuild.output))
  const app = new Koa()
  app.use(async (koa, next) => {
    if (!pages.answer(koa)) await next()
  })
  const server = createServer(app.callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Runs in the page: remembers when every one of the parts had a size and the frame with them had been drawn. */
const WATCH = (selectors: readonly string[]): void => {
  const seen = (): boolean =>
    selectors.every((selector) => {
      const box = document.querySelector(selector)?.getBoundingClientRect()
      return box !== undefined && box.width > 0 && box.height > 0
    })
  const look = (): void => {
    if (!seen()) {
      requestAnimationFrame(look)
      return
    }
    // The callback of the next frame comes after this one was drawn.
    requestAnimationFrame(() => {
      performance.mark('useful')
    })
  }
  requestAnimationFrame(look)
}

async function paintedMs(browser: Browser, url: string, selectors: string): Promise<number> {
  const context = await browser.newContext({
    viewport: { width: 375, height: 667 },
    deviceScaleFactor: 2,
    // Residents of a Chinese city; whoever reads English fetches its words as well.
    locale: 'zh-CN',
  })
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', SLOW_4G)
    await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
    // What runs TypeScript here names every function by a helper of its own, which a page does not have.
    await page.addInitScript('globalThis.__name = (named) => named')
    await page.addInitScript(WATCH, selectors.split(', '))
    await page.goto(url, { waitUntil: 'commit', timeout: WAIT_MS })
    const found = await page.waitForFunction(
      () => performance.getEntriesByName('useful')[0]?.startTime ?? null,
      undefined,
      { timeout: WAIT_MS, polling: 100 },
    )
    return Number(await found.jsonValue())
  } finally {
    await context.close()
  }
}
