import { keepFile } from './kept-files'
import type { Picked, RecordPlatform } from './types'

/** What phones' browsers can write, the most widely understood first. */
const formats = ['audio/mp4', 'audio/webm;codecs=opus', 'audio/ogg;codecs=opus']

const format = (): string | undefined =>
  typeof MediaRecorder === 'undefined' ? undefined : formats.find((one) => MediaRecorder.isTypeSupported(one))

export const record: RecordPlatform = {
  available: format() !== undefined && Boolean(navigator.mediaDevices),
  start: async (mostMs) => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    const recorder = new MediaRecorder(stream, { mimeType: format() ?? '', audioBitsPerSecond: 48_000 })
    const startedAt = Date.now()
    const parts: Blob[] = []
    recorder.addEventListener('dataavailable', (event) => parts.push(event.data))
    const done = new Promise<Picked | null>((resolve) => {
      recorder.addEventListener('stop', () => {
        for (const track of stream.getTracks()) track.stop()
        const blob = new Blob(parts, { type: recorder.mimeType })
        const durationMs = Math.min(Date.now() - startedAt, mostMs)
        resolve(
          blob.size === 0 ? null : { kind: 'voice', path: keepFile(blob), bytes: blob.size, durationMs },
        )
      })
    })
    const stop = () => {
      if (recorder.state !== 'inactive') recorder.stop()
    }
    recorder.start()
    setTimeout(stop, mostMs)
    return { stop, done }
  },
}
