import Taro from '@tarojs/taro'
import { openScanned, useScanned } from './scanned'

jest.mock('@tarojs/taro', () => ({
  __esModule: true,
  default: { nextTick: (run: () => void) => run(), getCurrentPages: jest.fn(), navigateTo: jest.fn() },
}))
jest.mock('../platform/arrival', () => ({ arrivedWith: null }), { virtual: true })
jest.mock('../platform/storage', () => ({ load: () => null, save: () => undefined }))
jest.mock('../platform/login', () => ({ login: { silent: true } }), { virtual: true })
const pages = Taro.getCurrentPages as jest.Mock
const opened = Taro.navigateTo as jest.Mock
const link = (token: string): string => encodeURIComponent(`https://pay.example.com/q/${token}`)

beforeEach(() => opened.mockReset())

test('at a hot start on another page the code’s page is opened above it', () => {
  pages.mockReturnValue([{ route: 'pages/home/index' }])
  openScanned({ path: 'pages/home/index', query: { qrCode: link('one') } })
  expect(useScanned.getState().token).toBe('one')
  expect(opened).toHaveBeenCalledWith({ url: '/codes/home/index' })
})
test('coming back from the cashier with the same option opens nothing again', () => {
  openScanned({ path: 'pages/home/index', query: { qrCode: link('one') } })
  expect(opened).not.toHaveBeenCalled()
})
test('another code is shown where the code’s page stands already', () => {
  pages.mockReturnValue([{ route: 'codes/home/index' }])
  openScanned({ path: 'pages/home/index', query: { qrCode: link('two') } })
  openScanned({ path: 'codes/home/index', query: { qrCode: link('three') } })
  expect(useScanned.getState().token).toBe('three')
  expect(opened).not.toHaveBeenCalled()
})
test('no option, an option of another kind, and a foreign link change nothing', () => {
  for (const options of [undefined, {}, { query: null }, { query: { qrCode: 'https://a.example/x' } }])
    openScanned(options)
  expect(useScanned.getState().token).toBe('three')
})
