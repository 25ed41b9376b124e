import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Reads that keep nothing, with the reason; everything else opens from what was kept. */
const LIVE: Readonly<Record<string, string>> = {
  'codes/home/index.tsx': 'a code may have been revoked; opening it is an act',
  'chat/help/index.tsx search': 'found for the words just typed',
  'notices/list/found.tsx': 'found for the words just typed',
  'heat/supply/index.tsx': 'a sum for the day just chosen',
  'pages/tariff/result.tsx': 'a sum for the figures just typed',
  'requests/slot-picker.tsx': 'places that are free now',
  'requests/form/index.tsx precheck': 'what is known at this moment about this very wish',
  'requests/sent/index.tsx': 'what was just sent is shown from memory',
  'requests/rate/index.tsx': 'may it be rated now',
  'requests/link/index.tsx': 'a stranger’s telephone keeps nothing of somebody’s request',
  'pages/cashier/index.tsx': 'nobody pays a sum of earlier',
  'pages/privacy/index.tsx': 'the portal’s description keeps itself (portal.ts)',
  'pages/me/devices.tsx': 'who is signed in is looked at to act on it now',
  'invoices/request/index.tsx': 'what may be invoiced now, and to whom',
  'invoices/titles/index.tsx': 'titles are looked at to change them',
  'family/answer/index.tsx': 'an offer that may have been taken back; answered now or not at all',
  'family/join/index.tsx': 'an invitation that may have been taken back',
  'family/proxies/ask.tsx': 'the very text that is agreed to',
  'hall/scan/index.tsx': 'a code of a screen that waits now; opening it is an act',
  'heat/stops/index.tsx': 'a sum for the day just chosen',
  'papers/verify/index.tsx': 'whether a proof holds is answered now or not at all',
  'privacy/home/index.tsx': 'what is allowed is shown as the server has it',
  'privacy/leave/index.tsx': 'what still stands in the way is shown as it is now',
  'outlets/detail/index.tsx tickets': 'a number is of this moment',
}

const root = join(__dirname, '..')
const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? files(path) : /\.tsx?$/.test(path) && !path.includes('.test.') ? [path] : []
  })

/** Each question that a page asks, with the words of its call up to its end. */
function questions(): { place: string; call: string }[] {
  return files(root).flatMap((path) => {
    const place = path.slice(root.length + 1)
    if (place.startsWith('state/')) return []
    const text = readFileSync(path, 'utf8')
    return [...text.matchAll(/\b(?:useResource|usePagesOf)(?:<[^(]*>)?\(/g)].map((match) => {
      let depth = 0
      let end = match.index + match[0].length - 1
      do {
        if (text[end] === '(') depth += 1
        if (text[end] === ')') depth -= 1
        end += 1
      } while (depth > 0 && end < text.length)
      return { place, call: text.slice(match.index, end) }
    })
  })
}

const isLive = ({ place, call }: { place: string; call: string }): boolean =>
  Object.keys(LIVE).some((key) => {
    const [file, word] = key.split(' ')
    return file === place && (word === undefined || call.includes(word))
  })

test('every page that reads opens from what was kept, or says here why it cannot', () => {
  const all = questions()
  expect(all.length).toBeGreaterThan(30)
  const bare = all.filter((one) => !/\bcache\b/.test(one.call) && !isLive(one))
  expect(bare.map(({ place, call }) => `${place}: ${call.slice(0, 60)}`)).toEqual([])
})

test('the exceptions are of calls that are there', () => {
  const all = questions()
  const unused = Object.keys(LIVE).filter((key) => {
    const [file, word] = key.split(' ')
    return !all.some(
      ({ place, call }) =>
        place === file && (word === undefined || call.includes(word)) && !/\bcache\b/.test(call),
    )
  })
  expect(unused).toEqual([])
})
