import readPixels from 'jsqr'

/** Larger pictures are read smaller: a code that fills a part of a photograph is still found. */
const LARGEST_SIDE = 1_600

/** The text of the QR code in a picture; null when there is none to be read. Rejects when it is no picture. */
export async function readCode(picture: Blob): Promise<string | null> {
  const bitmap = await createImageBitmap(picture)
  const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const paper = canvas.getContext('2d', { willReadFrequently: true })
  if (!paper) return null
  // A picture may be transparent where the code is white.
  paper.fillStyle = '#fff'
  paper.fillRect(0, 0, canvas.width, canvas.height)
  paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  const { data, width, height } = paper.getImageData(0, 0, canvas.width, canvas.height)
  return readPixels(data, width, height)?.data || null
}
