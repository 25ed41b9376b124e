import { isIPv4, isIPv6 } from 'node:net'

/**
 * What a caller is counted by: an IPv4 address whole, an IPv6 address by its /64, because one household owns that
 * many. However an address is written, it counts as the same one.
 */
export function clientAddress(ip: string): string {
  if (!isIPv6(ip)) return ip.slice(0, 64)
  const groups = groupsOf(ip)
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (mapped) return [groups[6] ?? 0, groups[7] ?? 0].flatMap((group) => [group >> 8, group & 255]).join('.')
  const network = groups.slice(0, 4).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}

/** The eight groups of a valid IPv6 address, with the shortened zeros written out and the zone left away. */
function groupsOf(ip: string): number[] {
  const [address = ''] = ip.split('%', 1)
  const [head = '', tail] = address.split('::', 2)
  const before = groupsIn(head)
  const after = tail === undefined ? [] : groupsIn(tail)
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
}

function groupsIn(part: string): number[] {
  if (part === '') return []
  return part.split(':').flatMap((group) => {
    if (!isIPv4(group)) return [Number.parseInt(group, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [a * 256 + b, c * 256 + d]
  })
}
