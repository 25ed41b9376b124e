import { insideWechat, jsSdk } from './js-sdk.h5'
import type { ChosenPlace, PlacePlatform } from './types'
import { e6 } from './wgs84'

const waitMs = 10_000

/** WeChat knows where the phone is although its browser often does not say; null where it may not tell. */
async function fromWechat(): Promise<ChosenPlace | null> {
  const wx = await jsSdk()
  return new Promise((resolve) => {
    const nothing = (): void => resolve(null)
    wx.getLocation({
      type: 'wgs84',
      success: ({ latitude, longitude }) => resolve({ latE6: e6(latitude), lngE6: e6(longitude), words: '' }),
      fail: nothing,
      cancel: nothing,
    })
  })
}

const fromBrowser = (): Promise<ChosenPlace | null> =>
  new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latE6: e6(coords.latitude), lngE6: e6(coords.longitude), words: '' }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: waitMs, maximumAge: 60_000 },
    )
  })

/** A browser has no map to choose on; it can tell where the phone is, in true degrees. */
export const place: PlacePlatform = {
  available: insideWechat || 'geolocation' in navigator,
  choose: () => (insideWechat ? fromWechat().catch(fromBrowser) : fromBrowser()),
}
