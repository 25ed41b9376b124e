import { until } from '../../scripts/processes'
import { expectNone, expectThat, type Report } from '../report'
import type { Bundle } from './bundle'
import { MiniApp } from './mini-app'
import { NativeFailure } from './native-api'

/** What stands where nothing else does: a page must say something even when no server answers. */
const SETTLE_MS = 4_000
/** What a page needs before it asks for anything. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'codes/home/index': { t: 'A'.repeat(28) },
  'hall/scan/index': { t: 'ab'.repeat(16) },
  'papers/verify/index': { code: 'ABCDEFGHJKMNPQRS' },
}

/** Opens every page of the app with no network at all: each must load, render and say something, in Chinese. */
export async function checkPages(report: Report, bundle: Bundle): Promise<void> {
  for (const route of bundle.pages()) {
    await report.check(`${bundle.platform}: ${route} opens without a network and says so`, async () => {
      const app = new MiniApp(bundle, {
        later: {
          request: () => {
            throw new NativeFailure({ errMsg: 'request:fail', error: 12 })
          },
        },
      }).launch()
      if (app.route !== route) app.open(route, NEEDED[route])
      await until(() => Promise.resolve(app.text().includes('网络')), {
        timeoutMs: SETTLE_MS,
        everyMs: 10,
        timedOut: () => `${route} shows no word about the network:\n${app.text()}\n${app.faults.join('\n')}`,
      })
      expectNone(`faults on ${route}`, app.faults)
      expectThat(
        !/Error|undefined|\[object/.test(app.text()),
        `an exception is on the screen:\n${app.text()}`,
      )
    })
  }
}
