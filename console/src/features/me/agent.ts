const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Version/', 'Safari'],
] as const
const systems = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS X', 'Linux'] as const

/** `Chrome 142 · Windows`: enough to recognise one's own computer. What says neither is shown as it is. */
export function agentWords(agent: string): string {
  const browser = browsers.find(([mark]) => agent.includes(mark))
  if (browser === undefined) return agent.slice(0, 60)
  const [mark, name] = browser
  const version = /^\d+/.exec(agent.slice(agent.indexOf(mark) + mark.length))?.[0] ?? ''
  const system = systems.find((one) => agent.includes(one))
  return [`${name} ${version}`.trim(), system].filter((part) => part !== undefined).join(' · ')
}
