import names from './api-names.json'

export type MiniPlatform = 'weapp' | 'alipay'

/** What differs between the two wallets' ways of running a mini-program. */
export interface PlatformRules {
  readonly namespace: 'wx' | 'my'
  readonly template: string
  readonly style: string
  /** The element that brings a script into a template. */
  readonly scriptTag: string
  readonly directive: string
  /** Groups: how it is bound, and the event's name. */
  readonly eventAttribute: RegExp
  readonly components: ReadonlySet<string>
  readonly apiNames: readonly string[]
  /** Names of a browser or of Node that are undefined there. */
  readonly absentGlobals: readonly string[]
}

const list = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

const COMMON =
  list(`view text button image input textarea scroll-view swiper swiper-item icon progress rich-text
  checkbox checkbox-group radio radio-group form label picker picker-view picker-view-column slider switch navigator
  video map canvas web-view ad cover-view cover-image movable-area movable-view page-container page-meta match-media
  share-element root-portal block slot navigation-bar`)

const WEAPP = list(`audio camera live-player live-pusher open-data ad-custom official-account editor
  keyboard-accessory voip-room sticky-header sticky-section grid-view list-view grid-builder list-builder snapshot
  span channel-live channel-video functional-page-navigator native-component native-slot open-container
  draggable-sheet nested-scroll-header nested-scroll-body`)

const ALIPAY = list(`lottie lifestyle contact-button aria-component inline-payment-panel life-follow`)

const BROWSER = list(`window document frames location localStorage history screen alert fetch XMLHttpRequest
  WebSocket process Buffer`)

export const platformRules: Readonly<Record<MiniPlatform, PlatformRules>> = {
  weapp: {
    namespace: 'wx',
    template: '.wxml',
    style: '.wxss',
    scriptTag: 'wxs',
    directive: 'wx:',
    eventAttribute: /^(bind|catch|capture-bind|capture-catch|mut-bind):?(.+)$/,
    components: new Set([...COMMON, ...WEAPP]),
    apiNames: names.wx,
    absentGlobals: [...BROWSER, 'self', 'navigator', 'Caches', 'confirm', 'prompt', 'URL'],
  },
  alipay: {
    namespace: 'my',
    template: '.axml',
    style: '.acss',
    scriptTag: 'import-sjs',
    directive: 'a:',
    eventAttribute: /^(on|catch)([A-Z].*)$/,
    components: new Set([...COMMON, ...ALIPAY]),
    apiNames: names.my,
    absentGlobals: BROWSER,
  },
}

/** The language level every supported wallet's engine understands; younger built-ins are taken away. */
export const YOUNGEST_ES = 2018
