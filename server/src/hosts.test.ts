import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whom this portal may speak to by itself: the wallets and a provider of text messages, all in the mainland (C17). */
const KNOWN = new Set([
  'api.weixin.qq.com',
  'open.weixin.qq.com',
  'api.mch.weixin.qq.com',
  // The script by which a page in WeChat scans and shares; WeChat forbids a copy of one's own.
  'res.wx.qq.com',
  'openapi.alipay.com',
  'openauth.alipay.com',
  'dysmsapi.aliyuncs.com',
  // A name and no address: browsers know it by heart.
  'www.w3.org',
])

const root = join(__dirname, '../..')
const sources = ['server/src', 'miniapp/src', 'console/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map(String)
    .filter(
      (path) =>
        /\.(tsx?|s?css|html)$/.test(path) && !/\.(test|fixture)\.tsx?$|testing\/|(^|\/)test-/.test(path),
    )
    .map((path) => join(folder, path)),
)

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')

const hostsIn = (text: string): string[] =>
  [...withoutComments(text).matchAll(/(?:https?:|["'(`])\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)].map(
    ([, host]) => host?.toLowerCase() ?? '',
  )

test('no page and no server speaks to a host that is not on the list', () => {
  const found = sources.flatMap((path) =>
    hostsIn(readFileSync(join(root, path), 'utf8')).map((host) => [path, host] as const),
  )
  expect(found.filter(([, host]) => !KNOWN.has(host))).toEqual([])
  const spokenTo = new Set(found.map(([, host]) => host))
  expect([...KNOWN].filter((host) => !spokenTo.has(host))).toEqual([])
})

test('a font, a script or a call to anybody else would be seen', () => {
  expect(hostsIn("@import url('//fonts.googleapis.com/css2')")).toEqual(['fonts.googleapis.com'])
  expect(hostsIn('fetch(`https://api.sentry.io/${id}`)')).toEqual(['api.sentry.io'])
})
