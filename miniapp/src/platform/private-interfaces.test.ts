import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What WeChat opens only to mini-programs that declared it (小程序用户隐私保护指引内容介绍). */
const GUARDED = `
  getUserInfo getUserProfile chooseAvatar getPhoneNumber getRealtimePhoneNumber getLocation
  startLocationUpdate startLocationUpdateBackground onLocationChange chooseLocation choosePoi chooseAddress
  chooseInvoice chooseInvoiceTitle chooseMedia chooseImage chooseVideo chooseMessageFile chooseLicensePlate
  chooseContact getRecorderManager startRecord joinVoIPChat createCameraContext createVKSession
  createLivePusherContext getWeRunData authorize openBluetoothAdapter createBLEPeripheralServer
  startBeaconDiscovery saveImageToPhotosAlbum saveVideoToPhotosAlbum addPhoneContact addPhoneCalendar
  addPhoneRepeatCalendar startAccelerometer startCompass startDeviceMotionListening startGyroscope
  getClipboardData setClipboardData
`.split(/\s+/)

const root = join(__dirname, '..')
const sources = readdirSync(root, { recursive: true })
  .map(String)
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test|d|h5|alipay)\.tsx?$/.test(path))

/** By a call of Taro's or WeChat's, or as what a button opens. */
function usedIn(text: string): string[] {
  const calls = [...text.matchAll(/\b(?:Taro|wx)\s*\.\s*(\w+)|openType="(\w+)"/g)]
  return calls.map(([, called, opened]) => called ?? opened ?? '').filter((name) => GUARDED.includes(name))
}

const page = readFileSync(join(root, '../../docs/private-interfaces.md'), 'utf8')
const declared = [...page.matchAll(/^\|[^|]+\| `(\w+)` +\| ([^|]+?) +\|$/gm)].map(([, name]) => name ?? '')

test('what the mini-program takes of a person is what the operator is told to declare, no more and no less (C02)', () => {
  const used = new Set(sources.flatMap((path) => usedIn(readFileSync(join(root, path), 'utf8'))))
  expect([...used].toSorted()).toEqual(declared.toSorted())
  expect(used.size).toBeGreaterThan(5)
})

test('the places of the app’s own declaration are among them', () => {
  const config = readFileSync(join(root, 'app.config.ts'), 'utf8')
  const named = /requiredPrivateInfos: \[([^\]]*)\]/.exec(config)?.[1] ?? ''
  const places = [...named.matchAll(/'(\w+)'/g)].map(([, name]) => name ?? '')
  expect(places.length).toBeGreaterThan(0)
  expect(places.filter((name) => !declared.includes(name))).toEqual([])
})

test('a call that nobody declared would be seen, however it is written', () => {
  expect(usedIn('await Taro\n  .chooseMessageFile({ count: 1 })')).toEqual(['chooseMessageFile'])
  expect(usedIn('<Button openType="chooseAvatar">')).toEqual(['chooseAvatar'])
  expect(usedIn('wx.getWeRunData()')).toEqual(['getWeRunData'])
  expect(usedIn('Taro.getStorageSync(key)')).toEqual([])
})
