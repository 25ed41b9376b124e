import type { Bridge } from './bridge-common'
import { createControl } from './control'

/**
 * The JS-SDK as a page of the service account finds it (wechat.md 2.7): `wx.config` is checked by the platform itself
 * against the address of the first load, and nothing works that was not signed and named in `jsApiList`.
 */

interface Config {
  debug?: boolean
  appId?: string
  timestamp?: number
  nonceStr?: string
  signature?: string
  jsApiList?: string[]
}

type Answer = { errMsg: string } & Record<string, unknown>
interface Wish {
  success?: (answer: Answer) => void
  fail?: (answer: Answer) => void
  cancel?: (answer: Answer) => void
  complete?: (answer: Answer) => void
}

/** Where the demo's town lies, in true degrees; a phone on a desk has no satellites. */
const HERE = { latitude: 39.034512, longitude: 121.771034, accuracy: 30, speed: 0 }
const LOCAL_ID = 'wxLocalResource://'

/** What `wx.config` opened: nothing before it, and afterwards what was signed and named. */
interface Admission {
  readonly config: (given: Config) => void
  readonly ready: (then: () => void) => void
  readonly error: (then: (answer: Answer) => void) => void
  allows(name: string): boolean
}

function admissionOf(bridge: Bridge): Admission {
  // The address counts as it was when the page was loaded, without its fragment; later routes of the page do not.
  const loadedAs = location.href.split('#')[0] ?? ''
  const control = createControl('/__phone/control')
  let state: 'none' | 'asking' | 'ok' | 'refused' = 'none'
  let allowed: readonly string[] = []
  let refusal: Answer = { errMsg: '' }
  let whenReady: (() => void)[] = []
  let whenRefused: ((answer: Answer) => void)[] = []
  const settle = (errMsg: string, jsApiList: readonly string[]): void => {
    state = errMsg === 'config:ok' ? 'ok' : 'refused'
    allowed = state === 'ok' ? jsApiList : []
    refusal = { errMsg }
    if (state === 'refused') bridge.tell({ news: 'toast', text: errMsg })
    const [ready, refused] = [whenReady, whenRefused]
    whenReady = []
    whenRefused = []
    if (state === 'ok') for (const then of ready) then()
    else for (const then of refused) then(refusal)
  }
  return {
    allows: (name) => state === 'ok' && allowed.includes(name),
    config: ({ appId = '', timestamp, nonceStr = '', signature = '', jsApiList = [] }) => {
      state = 'asking'
      const body = { appid: appId, timestamp: String(timestamp ?? ''), nonceStr, signature, url: loadedAs }
      control
        .send<{ errMsg: string }>('POST', '/wechat/check-js-sdk', body)
        .then(({ errMsg }) => settle(typeof timestamp === 'number' ? errMsg : 'config:fail', jsApiList))
        .catch(() => settle('config:fail', []))
    },
    ready: (then) => {
      if (state === 'ok') then()
      else whenReady.push(then)
    },
    error: (then) => {
      if (state === 'refused') then(refusal)
      else whenRefused.push(then)
    },
  }
}

function end(wish: Wish, way: 'success' | 'fail' | 'cancel', answer: Answer): void {
  wish[way]?.(answer)
  wish.complete?.(answer)
}

type Act = (wish: Wish & Record<string, unknown>) => Promise<void>

function pictureActs(): Record<'chooseImage' | 'getLocalImgData', Act> {
  const pictures = new Map<string, File>()
  return {
    chooseImage: async (wish) => {
      const files = await pickFiles(Number(wish['count'] ?? 9))
      if (files.length === 0) return end(wish, 'cancel', { errMsg: 'chooseImage:cancel' })
      const localIds = files.map((file) => {
        const id = `${LOCAL_ID}${pictures.size + 1}`
        pictures.set(id, file)
        return id
      })
      end(wish, 'success', { errMsg: 'chooseImage:ok', localIds })
    },
    getLocalImgData: async (wish) => {
      const file = pictures.get(String(wish['localId']))
      if (!file) return end(wish, 'fail', { errMsg: 'getLocalImgData:fail invalid localId' })
      end(wish, 'success', { errMsg: 'getLocalImgData:ok', localData: await dataUrl(file) })
    },
  }
}

const scanQRCode =
  (bridge: Bridge): Act =>
  async (wish) => {
    const text = await bridge.scan()
    if (text === null) return end(wish, 'cancel', { errMsg: 'scanQRCode:cancel' })
    // A bar code's text carries its kind in front, as WeChat gives it.
    const resultStr = /^\d+$/.test(text) ? `CODE_128,${text}` : text
    end(wish, 'success', { errMsg: 'scanQRCode:ok', resultStr })
  }

const getLocation: Act = async (wish) => {
  const type = String(wish['type'] ?? 'wgs84')
  if (type === 'wgs84') end(wish, 'success', { errMsg: 'getLocation:ok', ...HERE })
  else end(wish, 'fail', { errMsg: `getLocation:fail the sandbox knows no ${type}` })
}

/** `window.wx` of a page inside WeChat. */
export function createJsSdk(bridge: Bridge): Record<string, unknown> {
  const { allows, config, ready, error } = admissionOf(bridge)
  const acts: Record<string, Act> = { scanQRCode: scanQRCode(bridge), getLocation, ...pictureActs() }
  const offered = Object.entries(acts).map(([name, act]): [string, unknown] => [
    name,
    (wish: Wish & Record<string, unknown>) => {
      if (allows(name)) void act(wish)
      else end(wish, 'fail', { errMsg: `${name}:permission denied` })
    },
  ])
  const checkJsApi = (wish: Wish & { jsApiList?: string[] }): void => {
    const asked = wish.jsApiList ?? []
    const checkResult = Object.fromEntries(asked.map((name) => [name, Object.hasOwn(acts, name)]))
    end(wish, 'success', { errMsg: 'checkJsApi:ok', checkResult })
  }
  return { config, ready, error, checkJsApi, ...Object.fromEntries(offered) }
}

function pickFiles(most: number): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/*'
    input.multiple = most > 1
    input.addEventListener('change', () => resolve([...(input.files ?? [])].slice(0, most)))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result)))
    reader.addEventListener('error', () => reject(new Error('unreadable')))
    reader.readAsDataURL(file)
  })
}
