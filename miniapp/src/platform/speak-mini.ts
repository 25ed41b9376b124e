import type { SpeakPlatform } from './types'

/** Neither wallet's base library reads aloud; the telephone's own screen reader does, and the button is not shown. */
export const miniSpeak: SpeakPlatform = { available: false, say: async () => false, stop: () => undefined }
