/**
 * What a field worker puts down for others by a tap. Residents and colleagues read it, whatever language the worker
 * reads, so it stays Chinese and is no part of the catalogue.
 */
export const written = {
  rooms: ['客厅', '主卧', '次卧', '厨房', '卫生间', '进水管', '回水管'],
  giveBack: ['手上走不开', '不会修这个', '缺工具配件', '不是我的片区'],
  results: [
    '已修好，现场试用正常。',
    '已排气，暖气已热。',
    '已更换配件，不再漏。',
    '已向住户说明情况和下一步。',
  ],
  measured: (readings: readonly string[]) => `现场测温：${readings.join('，')}。`,
  did: (lines: readonly string[]) => `已完成：${lines.join('，')}。`,
} as const
