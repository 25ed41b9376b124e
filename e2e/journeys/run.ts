import type { Browser } from 'playwright-core'
import { consoleBuild, makeFresh, sandboxBuild, serverBuild, walletBuild } from '../../scripts/builds'
import { Report } from '../report'
import { startStack, type Stack } from '../stack'
import { launchBrowser } from './browser'
import { accountJourneys } from './account'
import { callJourneys } from './calls'
import { chatJourneys } from './chat'
import { absentJourneys } from './chat-absent'
import { windowJourneys } from './chat-window'
import { codeFaultJourneys } from './code-fault'
import { codeOtherJourneys } from './code-others'
import { codeJourneys } from './codes'
import { coldHomeJourneys } from './cold-home'
import { englishJourneys } from './english'
import { everyPageJourneys } from './every-page'
import { familyJourneys } from './family'
import { hallJourneys } from './hall'
import { happyJourneys } from './happy'
import { Desk } from './desk'
import type { Journey } from './journey'
import { heatingJourneys } from './heating'
import { knowledgeJourneys } from './knowledge'
import { lookJourneys } from './looks'
import { noticeDeskJourneys } from './notice-desk'
import { noticePublicJourneys } from './notice-public'
import { noticeJourneys } from './notices'
import { outageJourneys } from './outage'
import { outletJourneys } from './outlets'
import { paperJourneys } from './papers'
import { Phone } from './phone'
import { takePicture } from './picture'
import { privacyJourneys } from './privacy'
import { readingJourneys } from './readings'
import { revokedJourneys } from './revoked'
import { sadJourneys } from './sad'
import { servedJourneys } from './served'
import { tableJourneys } from './tables'
import { usageJourneys } from './usage'
import { waterJourneys } from './water'
import { weakNetworkJourneys } from './weak-network'

/** Journeys mostly wait for pages and for jobs, so two at a time take little more than half of the time. */
const LANES = 2
// Each of up to three portals has a folder and two children to take along when this process ends.
process.setMaxListeners(24)
const NAMES = { wechat: '程微', alipay: '傅宝', worker: '孙师傅' } as const

/** Walks residents through the portal in Chromium, on the sandbox's phones. Arguments pick journeys by parts of their names. */
async function main(): Promise<number> {
  const report = new Report()
  const wanted = process.argv.slice(2)
  // The longest begin, so that no lane stands idle at the end.
  const journeys = [
    ...coldHomeJourneys,
    ...everyPageJourneys,
    ...lookJourneys,
    ...outageJourneys,
    ...privacyJourneys,
    ...servedJourneys,
    ...absentJourneys,
    ...chatJourneys,
    ...knowledgeJourneys,
    ...revokedJourneys,
    ...happyJourneys,
    ...paperJourneys,
    ...familyJourneys,
    ...hallJourneys,
    ...codeJourneys,
    ...codeFaultJourneys,
    ...codeOtherJourneys,
    ...readingJourneys,
    ...heatingJourneys,
    ...usageJourneys,
    ...waterJourneys,
    ...englishJourneys,
    ...noticeJourneys,
    ...noticeDeskJourneys,
    ...noticePublicJourneys,
    ...callJourneys,
    ...windowJourneys,
    ...accountJourneys,
    ...tableJourneys,
    ...weakNetworkJourneys,
    ...outletJourneys,
    ...sadJourneys,
  ].filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  if (journeys.length === 0) throw new Error(`no journey has "${wanted.join('" or "')}" in its name`)
  for (const build of [walletBuild.h5, serverBuild, sandboxBuild, consoleBuild]) await makeFresh(build)
  const waiting = [...journeys.entries()]
  await Promise.all(Array.from({ length: Math.min(LANES, journeys.length) }, () => lane(waiting, report)))
  return report.end()
}

/** Takes one journey after the other from those that wait, on a portal and in a browser of its own. */
async function lane(waiting: [number, Journey][], report: Report): Promise<void> {
  const stack = await startStack({
    withNeighbours: true,
    settings: {
      // Two text messages a second, told in fours: what is being sent can be watched and stopped, however slow the machine.
      messages: { perSecond: { sms: 2 }, batch: 4 },
      // Readings are taken until the month's last day, whatever day these journeys are walked on.
      readings: { rules: { closesDay: 31 } },
      // At the gas company a silent agent is noticed soon, and once is enough; whoever answers has the time to type.
      chat: { companies: { gas: { firstAnswerSeconds: 10, awayAfterMissed: 1 } } },
    },
  })
  const browser = await launchBrowser()
  try {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, journey] = next
      await report.check(journey.name, () => walk(journey, index, stack, browser))
    }
  } finally {
    await browser.close()
    await stack.close()
  }
}

/** `run.ts picture`: only renews docs/images/phones.png. */
async function picture(): Promise<number> {
  await makeFresh(walletBuild.h5)
  const stack = await startStack({ withPower: true })
  const browser = await launchBrowser()
  try {
    await takePicture(browser, stack)
  } finally {
    await browser.close()
    await stack.close()
  }
  return 0
}

async function walk(journey: Journey, index: number, stack: Stack, browser: Browser): Promise<void> {
  const { wallet, context } = journey
  const name = `${String(index + 1).padStart(2, '0')}-${wallet}`
  const phone = await Phone.open(browser, stack, {
    name,
    wallet,
    person: NAMES[wallet],
    ...(context ? { context } : {}),
  })
  try {
    await journey.walk(phone, stack, browser)
    await phone.checkFaults()
  } catch (error) {
    await phone.shot('FAILED')
    for (const desk of Desk.openedIn(browser)) await desk.shot('FAILED')
    const words = error instanceof Error ? error.message : String(error)
    const asked = [phone, ...Desk.openedIn(browser)]
      .map((one) => `${one.name}: ${one.guard.asked.slice(-8).join(' ')}`)
      .join('\n')
    const faults = (await phone.guard.found(phone.page)).join('\n') || 'none'
    const last = stack.lastWords()
    throw new Error(
      `${words}\nAsked last:\n${asked}\nFaults of the page: ${faults}\nThe portal's last words: ${last}`,
      { cause: error },
    )
  } finally {
    for (const desk of Desk.openedIn(browser)) await desk.close()
    await phone.close()
  }
}

const run = process.argv[2] === 'picture' ? picture : main
run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.stdout.write('0 passed, 1 failed\n')
    process.exit(1)
  },
)
