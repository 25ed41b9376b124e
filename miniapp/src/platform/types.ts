import type { ReactNode } from 'react'
import type { Cashier, FileKind, PayProduct, PhoneProof, Portal } from '../api/types'
import type { Language } from '../language/spoken'

/** Where these pages are running. It decides how to sign in and which cashier can open. */
export type Environment = 'wechat-mini' | 'alipay-mini' | 'wechat-web' | 'alipay-web' | 'browser'

/** What a platform gives the server in exchange for a session; `leaving` when the browser is on its way elsewhere. */
export type SignInProof =
  | { kind: 'code'; channel: 'wechat-mini' | 'alipay-mini'; code: string }
  | { kind: 'leaving' }
  | { kind: 'phone' }

export interface LoginPlatform {
  environment: Environment
  /** Signing in needs no typing here: the wallet knows who holds the phone. */
  silent: boolean
  /** A one-time ticket brought back by the address; already taken off the address. */
  takeTicket(): string | null
  /** Rejects when the wallet itself fails. */
  prove(signIn: Portal['signIn']): Promise<SignInProof>
  /**
   * Leaves for the wallet's own page, which asks the person for what a silent login does not give: who they are in the
   * mini-program. Only where there is such a page, and only from a tap.
   */
  ask?(signIn: Portal['signIn']): void
}

/** What the wallet says it did. It is only a hint: the server is asked after every one of these. */
export type WalletOutcome = 'ok' | 'cancelled' | 'failed' | 'unknown' | 'left'

export interface PayPlatform {
  /** null: nothing can be paid here, the resident has to open a wallet. */
  product: PayProduct | null
  wallet: 'wechat' | 'alipay' | null
  /** The wallet's page replaces ours, so our result page must stand in the history before it opens. */
  leavesPage: boolean
  open(cashier: Cashier): Promise<WalletOutcome>
}

export type SubscriptionAnswer = 'accept' | 'reject' | 'ban' | 'filter'
export interface Subscription {
  channel: 'wechat-mini' | 'alipay-mini'
  answers: { templateId: string; answer: SubscriptionAnswer }[]
}
export interface SubscribePlatform {
  /**
   * Asks for one to three templates of this wallet, all one-time or all long-term. Must be called in the tap itself,
   * before anything is awaited. Never rejects; null when nothing was answered.
   */
  ask(templateIds: readonly string[]): Promise<Subscription | null>
}

export interface PhoneButtonProps {
  className?: string
  children?: ReactNode
  onProof(proof: PhoneProof): void
  /** No number came from the wallet (refused, quota used up, or a browser): go on with an SMS code. */
  onFallback(): void
}

export interface ContactButtonProps {
  readonly className?: string
  readonly children: ReactNode
  /** Whose customers are talking: goes along into the window. */
  readonly companyId: string
}

export interface ShareButtonProps {
  className?: string
  children?: ReactNode
  title: string
  /** There was no way to share, so the page's address was copied. */
  onCopied(): void
}

export interface DayProps {
  id: string
  label: string
  /** `2026-11-22`, as are the first and the last day that may be picked. */
  value: string
  start: string
  end: string
  onPick(day: string): void
}

export interface MomentProps {
  id: string
  label: string
  /** What stands where a day will. */
  dayLabel: string
  /** `2026-11-22 14:30`, empty until it was picked. */
  value: string
  onPick(moment: string): void
}

export interface PhotoProps {
  className: string
  src: string
  /** What it is, for those who hear the page. */
  label: string
  onClick?: () => void
  onError?: () => void
}

export interface ScanPlatform {
  available: boolean
  /** What a bar code or a code says; null when cancelled or unreadable. */
  text(): Promise<string | null>
}

/** Drawing calls that every canvas understands. */
export interface Brush {
  fillStyle: unknown
  font: string
  textAlign: string
  fillRect(x: number, y: number, width: number, height: number): void
  fillText(text: string, x: number, y: number): void
  scale(x: number, y: number): void
}
export interface PicturePlatform {
  /** `saved`: it is in the album. Otherwise the address of a picture to show for a long press. */
  save(width: number, height: number, draw: (brush: Brush) => void): Promise<'saved' | { show: string }>
  /** Brings a file that only its owner may see onto this phone; gives an address that pages can show or play. */
  fetch(url: string, headers: Record<string, string>): Promise<string>
}

/** A file of this phone, chosen or recorded by the resident. */
export interface Picked {
  kind: FileKind
  /** Readable by {@link UploadPlatform.slice} as long as the app is open; later perhaps. */
  path: string
  bytes: number
  durationMs: number | null
}
export interface UploadPlatform {
  /** Empty when the resident changed their mind. */
  pickImages(most: number): Promise<Picked[]>
  /** null when the resident changed their mind. */
  pickVideo(mostSeconds: number): Promise<Picked | null>
  /** Bytes from `position` on. Rejects when the file is no longer there. */
  slice(path: string, position: number, length: number): Promise<ArrayBuffer>
}

export interface Recording {
  stop(): void
  /** null when nothing was recorded; rejects when the microphone may not be used. */
  done: Promise<Picked | null>
}
export interface RecordPlatform {
  available: boolean
  /** Ends by itself after `mostMs`. Rejects when the microphone may not be used. */
  start(mostMs: number): Promise<Recording>
}

/** Degrees times a million, WGS 84, with the name of the place where there is one. */
export interface ChosenPlace {
  latE6: number
  lngE6: number
  words: string
}
export interface PlacePlatform {
  available: boolean
  /** null when the resident changed their mind or the phone may not tell. */
  choose(): Promise<ChosenPlace | null>
}

/** Where this phone is, degrees times a million, WGS 84, and how exact that is. */
export interface Here {
  latE6: number
  lngE6: number
  accuracyM: number
}
export interface HerePlatform {
  /** null when the phone may not or cannot tell. */
  now(): Promise<Here | null>
  /** Opens the phone's map; `copied` where there is none to open and the address lies in the clipboard. */
  navigate(to: { latE6: number; lngE6: number }, address: string): Promise<'opened' | 'copied'>
}

export interface KeepPlatform {
  /** Moves a picked file to where it outlives the app. */
  keep(file: Picked): Promise<Picked>
  /** Makes a kept file readable again after the app was closed. */
  wake(path: string): Promise<void>
  /** An address at which a page can show it; null when it is not awake. */
  shown(path: string): string | null
  drop(path: string): void
}

/** What a page can do with a pad once it can be written on. */
export interface Ink {
  clear(): void
  /** The writing, dark on white. */
  picture(): Promise<Picked>
}
export interface InkPadProps {
  label: string
  onReady(ink: Ink): void
  /** Somebody has begun to write. */
  onInk(): void
}

export interface SaveTablePlatform {
  /** Whether it becomes a file here; otherwise its text is copied. */
  asFile(): boolean
  save(fileName: string, csv: string): Promise<void>
}

export type FileFormat = 'pdf' | 'xlsx' | 'csv' | 'json'
export interface OpenFilePlatform {
  /**
   * Gives the resident a file of ours by an address that is good once. `copied`: this wallet cannot show it, and the
   * address lies in the clipboard for a browser.
   */
  open(url: string, fileName: string, format: FileFormat): Promise<'opened' | 'downloading' | 'copied'>
}

export interface NetworkPlatform {
  /** Calls back each time the telephone says that it has a network again. */
  onBack(hear: () => void): void
}

export interface SpeakPlatform {
  /** Whether this platform can read aloud at all. */
  available: boolean
  /** Reads aloud to the end; false where this telephone has no voice for it. Never rejects. */
  say(text: string): Promise<boolean>
  stop(): void
}

export interface SocketEnds {
  text(text: string): void
  /** It is gone, or never came to be. */
  closed(): void
}
export interface SocketPlatform {
  /** Throws where this phone has no sockets at all. */
  open(url: string, ends: SocketEnds): { send(text: string): void; close(): void }
}

/** The language of the telephone, and what has to happen when a resident chooses another. */
export interface TonguePlatform {
  /** As the telephone names it: `zh_CN`, `zh-Hans`, `en-US`; empty when it does not say. */
  ofPhone(): string
  /** Tells the browser what it shows. */
  mark(language: Language): void
  /** Closes every page and opens the app again, so that no page keeps words of the other language. */
  openAnew(): void
}

/** A question to the server, as it goes over the network. */
export interface Question {
  readonly url: string
  readonly method: 'GET' | 'POST'
  /** Of a GET its parameters, of a POST its body. */
  readonly data: string | ArrayBuffer | Readonly<Record<string, unknown>>
  readonly header: Readonly<Record<string, string>>
  /** Milliseconds. */
  readonly timeout: number
}
/** Never rejects. What came is read as JSON, and null when it is none; in words, why nothing came. */
export type Exchange = (
  question: Question,
) => Promise<{ readonly status: number; readonly data: unknown } | 'timeout' | 'offline'>
