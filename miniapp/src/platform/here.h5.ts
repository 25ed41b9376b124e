import Taro from '@tarojs/taro'
import { insideWechat, jsSdk } from './js-sdk.h5'
import type { HerePlatform } from './types'
import { e6, toMap } from './wgs84'

const waitMs = 8_000

async function inWechat(to: { latE6: number; lngE6: number }, address: string): Promise<boolean> {
  const wx = await jsSdk()
  const { lat, lng } = toMap({ lat: to.latE6 / 1_000_000, lng: to.lngE6 / 1_000_000 })
  return new Promise((resolve) =>
    wx.openLocation({
      latitude: lat,
      longitude: lng,
      name: address,
      address,
      scale: 16,
      success: () => resolve(true),
      fail: () => resolve(false),
    }),
  )
}

export const here: HerePlatform = {
  now: () =>
    new Promise((resolve) => {
      if (!('geolocation' in navigator)) return resolve(null)
      navigator.geolocation.getCurrentPosition(
        ({ coords }) =>
          resolve({
            latE6: e6(coords.latitude),
            lngE6: e6(coords.longitude),
            accuracyM: Math.max(0, Math.round(coords.accuracy)),
          }),
        () => resolve(null),
        { enableHighAccuracy: true, timeout: waitMs, maximumAge: 10_000 },
      )
    }),
  // WeChat has a map of its own. Another browser cannot open the phone's map without leaving for a foreign host, so
  // the address is handed over.
  navigate: async (to, address) => {
    if (insideWechat && (await inWechat(to, address).catch(() => false))) return 'opened'
    await Taro.setClipboardData({ data: address })
    return 'copied'
  },
}
