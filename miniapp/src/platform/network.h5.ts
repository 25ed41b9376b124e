import type { NetworkPlatform } from './types'

/** Taro listens to an interface that Safari lacks; this event every browser has. */
export const network: NetworkPlatform = { onBack: (hear) => window.addEventListener('online', hear) }
