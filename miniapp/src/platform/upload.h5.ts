import { keptFile, keepFile } from './kept-files'
import type { Picked, UploadPlatform } from './types'

/** Larger photos are drawn smaller before they travel; what a technician looks at needs no more. */
const largeBytes = 1_500_000
const mostPixels = 2048
const jpegQuality = 0.85

/** The browser's own chooser. Resolves with nothing when it is closed. */
function choose(accept: string, multiple: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.multiple = multiple
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}

async function shrink(file: File): Promise<Blob> {
  if (file.size < largeBytes) return file
  try {
    const bitmap = await createImageBitmap(file)
    const scale = Math.min(1, mostPixels / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(bitmap.width * scale)
    canvas.height = Math.round(bitmap.height * scale)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const smaller = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', jpegQuality))
    return smaller !== null && smaller.size < file.size ? smaller : file
  } catch {
    // A kind of picture that this browser cannot read; perhaps the server can.
    return file
  }
}

/** How long a video is; null when this browser cannot tell. */
const durationOf = (path: string): Promise<number | null> =>
  new Promise((resolve) => {
    const video = document.createElement('video')
    video.preload = 'metadata'
    video.addEventListener('loadedmetadata', () =>
      resolve(Number.isFinite(video.duration) ? Math.round(video.duration * 1000) : null),
    )
    video.addEventListener('error', () => resolve(null))
    video.src = path
  })

export const upload: UploadPlatform = {
  pickImages: async (most) => {
    const files = (await choose('image/*', most > 1)).slice(0, most)
    const blobs = await Promise.all(files.map(shrink))
    return blobs.map(
      (blob): Picked => ({
        kind: 'image',
        path: keepFile(blob),
        bytes: blob.size,
        durationMs: null,
      }),
    )
  },
  pickVideo: async () => {
    const [file] = await choose('video/*', false)
    if (!file) return null
    const path = keepFile(file)
    return { kind: 'video', path, bytes: file.size, durationMs: await durationOf(path) }
  },
  slice: async (path, position, length) => {
    const blob = keptFile(path)
    if (!blob) throw new Error('the page was loaded anew')
    return blob.slice(position, position + length).arrayBuffer()
  },
}
