import sharp from 'sharp'
import type { Phone } from './phone'

/** A photo as a telephone makes it: large, turned by its EXIF, and with the place where it was taken. */
export async function photo(text: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const [width, height] = [1600, 1200]
  const label = `<svg width="${width}" height="${height}"><rect width="100%" height="100%" fill="#39526b"/><text x="80" y="640" font-size="160" fill="#fff">${text}</text></svg>`
  const buffer = await sharp(Buffer.from(label))
    .withExif({
      IFD0: { Copyright: 'CANARY-PLACE', Orientation: '6' },
      IFD3: { GPSLatitude: '38/1 55/1 0/1' },
    })
    .jpeg({ quality: 90 })
    .toBuffer()
  return { name: '../../etc/IMG_0001.jpg', mimeType: 'image/jpeg', buffer }
}

/** Chooses photos in the page's own picker and waits until each has arrived. */
export async function addPhotos(phone: Phone, texts: readonly string[], button = 'add-photo'): Promise<void> {
  const chooser = phone.page.waitForEvent('filechooser')
  await phone.tap(button)
  const files = await Promise.all(texts.map(photo))
  await (await chooser).setFiles(files)
  await phone.frame
    .locator('.file-tile.ready:visible')
    .nth(texts.length - 1)
    .waitFor({ timeout: 30_000 })
}
