import type { ScanPlatform } from './types'

export const scan: ScanPlatform = { available: false, accountNo: async () => null }
