const SYSTEMS: readonly [RegExp, string][] = [
  [/Windows/i, 'Windows 电脑'],
  [/CrOS/i, 'ChromeOS 电脑'],
  [/Android|HarmonyOS/i, '安卓手机或平板'],
  [/iPhone|iPad/i, '苹果手机或平板'],
  [/Macintosh|Mac OS X/i, '苹果电脑'],
  [/Linux|X11/i, 'Linux 电脑'],
]
/** Most browsers call themselves Chrome and Safari as well, so these come last. */
const BROWSERS: readonly [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//i, 'Edge '],
  [/360SE|360EE|QIHU/i, '360 '],
  [/QQBrowser/i, 'QQ '],
  [/MetaSr|SogouMobileBrowser/i, '搜狗'],
  [/UCBrowser|UBrowser/i, 'UC '],
  [/Firefox\/|FxiOS/i, '火狐'],
  [/Chrome\/|CriOS/i, 'Chrome '],
  [/Safari\//i, 'Safari '],
]

const named = (list: readonly [RegExp, string][], agent: string): string | null =>
  list.find(([pattern]) => pattern.test(agent))?.[1] ?? null

/** What a browser is, in words of ours alone: it may call itself whatever it likes, and a person reads this. */
export function browserWords(agent: string): string {
  const system = named(SYSTEMS, agent) ?? '一台电脑'
  const browser = named(BROWSERS, agent)
  if (browser === null) return `${system}的浏览器`
  // Latin letters stand apart from Chinese ones.
  return `${system}的${/^[A-Z0-9]/i.test(browser) ? ' ' : ''}${browser}浏览器`
}

/** `113.12.8.9` → `113.12.*.*`, `2408:8207:1850:1::/64` → `2408:8207:*`: enough to see that it is not one's own. */
export function networkWords(address: string | null): string {
  if (address === null || address === '') return '未知网络'
  const four = /^(\d+\.\d+)\.\d+\.\d+$/.exec(address)?.[1]
  if (four !== undefined) return `${four}.*.*`
  const six = /^([0-9a-f]*:[0-9a-f]*):/i.exec(address)?.[1]
  return six === undefined ? '未知网络' : `${six}:*`
}
