import type { DirectApi } from './native-api'
import type { MiniPlatform } from './platform-rules'

const SCREEN = {
  platform: 'ios',
  system: 'iOS 17.5',
  model: 'iPhone 14',
  brand: 'Apple',
  windowWidth: 390,
  windowHeight: 750,
  screenWidth: 390,
  screenHeight: 844,
  pixelRatio: 3,
  statusBarHeight: 47,
  language: 'zh_CN',
  version: '8.0.50',
  SDKVersion: '3.8.0',
  safeArea: { top: 47, bottom: 810, left: 0, right: 390, width: 390, height: 763 },
}

/** What the phone itself answers: screen, storage, and the bars that nobody sees here. */
export function deviceAnswers(platform: MiniPlatform): Record<string, DirectApi> {
  const nothing: DirectApi = () => undefined
  return {
    ...storage(platform),
    getSystemInfoSync: () => SCREEN,
    getWindowInfo: () => SCREEN,
    getAppBaseInfo: () => SCREEN,
    getDeviceInfo: () => SCREEN,
    canIUse: () => true,
    getMenuButtonBoundingClientRect: () => ({
      top: 51,
      height: 32,
      width: 87,
      left: 296,
      right: 383,
      bottom: 83,
    }),
    nextTick: (then) => void setTimeout(then as () => void),
    ...Object.fromEntries(
      [
        'setNavigationBarTitle',
        'setNavigationBar',
        'showToast',
        'stopPullDownRefresh',
        'hideTabBar',
        'showTabBar',
      ].map((name) => [name, obliging(name)]),
    ),
    getLogManager: nothing,
  }
}

/** Does nothing that could be seen, and says that it worked. */
const obliging =
  (name: string): DirectApi =>
  (option) => {
    const { success, complete } = (option ?? {}) as {
      success?: (answer: object) => void
      complete?: () => void
    }
    setTimeout(() => {
      success?.({ errMsg: `${name}:ok` })
      complete?.()
    })
  }

/** A phone's memory: WeChat takes a key and a value, Alipay one object and answers in one. `kept` outlives an app. */
export function storage(
  platform: MiniPlatform,
  kept = new Map<unknown, unknown>(),
): Record<string, DirectApi> {
  if (platform === 'weapp') {
    return {
      getStorageSync: (key) => kept.get(key) ?? '',
      setStorageSync: (key, value) => void kept.set(key, JSON.parse(JSON.stringify(value))),
      removeStorageSync: (key) => void kept.delete(key),
    }
  }
  const of = (option: unknown): { key: string; data?: unknown } => option as { key: string; data?: unknown }
  return {
    getStorageSync: (option) => ({ data: kept.get(of(option).key) ?? null, success: true }),
    setStorageSync: (option) => void kept.set(of(option).key, JSON.parse(JSON.stringify(of(option).data))),
    removeStorageSync: (option) => void kept.delete(of(option).key),
  }
}

/** `/pages/bill/index?billId=B` → page and query. */
export function navigationWords(url: unknown): { route: string; query: Record<string, string> } {
  const [path = '', query = ''] = String(url).split('?')
  return { route: path.replace(/^\//, ''), query: Object.fromEntries(new URLSearchParams(query)) }
}
