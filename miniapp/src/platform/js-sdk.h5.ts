import { read } from '../api/client'
import { browserEnvironment } from './browser'

/** What of WeChat's JS-SDK these pages use. */
interface Wx {
  config(given: {
    debug: boolean
    appId: string
    timestamp: number
    nonceStr: string
    signature: string
    jsApiList: readonly string[]
  }): void
  ready(then: () => void): void
  error(then: (answer: { errMsg: string }) => void): void
  scanQRCode(wish: {
    needResult: 0 | 1
    scanType: readonly string[]
    success: (answer: { resultStr: string }) => void
    fail: () => void
    cancel: () => void
  }): void
  getLocation(wish: {
    type: 'wgs84'
    success: (answer: { latitude: number; longitude: number }) => void
    fail: () => void
    cancel: () => void
  }): void
  openLocation(place: {
    latitude: number
    longitude: number
    name: string
    address: string
    scale: number
    success: () => void
    fail: () => void
  }): void
}

/** WeChat gives its functions to pages of an official account only through this script of its own. */
const source = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'
const waitMs = 8_000

/** Only WeChat's own browser has anything to give. */
export const insideWechat = browserEnvironment(navigator.userAgent) === 'wechat-web'

// What is signed is the address as it was loaded; our routes behind # are no part of it.
const loadedAs = location.href.split('#')[0] ?? ''

let underWay: Promise<Wx> | null = null

/** The SDK, ready to be called. Rejects where WeChat, or our server, does not let this page use it; then ask again later. */
export function jsSdk(): Promise<Wx> {
  underWay ??= configured().catch((error: unknown) => {
    underWay = null
    throw error
  })
  return underWay
}

async function configured(): Promise<Wx> {
  const [wx, signed] = await Promise.all([loaded(), read('official.signPage', { url: loadedAs })])
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('WeChat does not answer')), waitMs)
    wx.config({ debug: false, ...signed })
    wx.error(({ errMsg }) => reject(new Error(errMsg)))
    wx.ready(() => resolve(wx))
  })
}

const given = (): Wx | undefined => (window as { wx?: Wx }).wx

function loaded(): Promise<Wx> {
  const there = given()
  if (there) return Promise.resolve(there)
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = source
    script.addEventListener('load', () => {
      const wx = given()
      if (wx) resolve(wx)
      else reject(new Error('the SDK is empty'))
    })
    script.addEventListener('error', () => reject(new Error('the SDK cannot be loaded')))
    document.head.append(script)
  })
}
