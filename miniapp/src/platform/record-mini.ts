import Taro from '@tarojs/taro'
import type { Picked, RecordPlatform } from './types'

interface Stopped {
  tempFilePath?: string
  fileSize?: number
  duration?: number
}

const sizeOf = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    Taro.getFileSystemManager().getFileInfo({
      filePath: path,
      success: (answer) => resolve((answer as unknown as { size: number }).size),
      fail: (error) => reject(new Error(error.errMsg)),
    })
  })

/** Both wallets have one recorder for the whole app, which tells of everything by its listeners. */
export const miniRecord: RecordPlatform = {
  available: true,
  start: (mostMs) =>
    new Promise((resolve, reject) => {
      const recorder = Taro.getRecorderManager()
      const startedAt = Date.now()
      const done = new Promise<Picked | null>((finish, fail) => {
        recorder.onStop((answer) => {
          const { tempFilePath, fileSize, duration } = answer as Stopped
          if (!tempFilePath) return finish(null)
          const durationMs = Math.round(duration ?? Date.now() - startedAt)
          const size = fileSize === undefined ? sizeOf(tempFilePath) : Promise.resolve(fileSize)
          size.then((bytes) => finish({ kind: 'voice', path: tempFilePath, bytes, durationMs }), fail)
        })
        recorder.onError(() => {
          const error = new Error('the microphone may not be used')
          reject(error)
          fail(error)
        })
      })
      // Whoever waits for `done` hears of a failure there; before anybody does, it must not count as unheard.
      done.catch(() => null)
      recorder.onStart(() => resolve({ stop: () => recorder.stop(), done }))
      recorder.start({
        duration: mostMs,
        format: 'mp3',
        sampleRate: 16000,
        numberOfChannels: 1,
        encodeBitRate: 48000,
      })
    }),
}
