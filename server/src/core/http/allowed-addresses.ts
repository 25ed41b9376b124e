import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { clientAddress } from './client-address'

const lists = new WeakMap<readonly string[], BlockList>()

/** Whether the console may be used from this address; an empty list lets everybody in (security.md C34). */
export function addressIsAllowed(cidrs: readonly string[], ip: string): boolean {
  if (cidrs.length === 0) return true
  const list = listOf(cidrs)
  // An IPv4 address that came in over an IPv6 socket is compared as what it is.
  const plain = clientAddress(ip)
  if (isIPv4(plain)) return list.check(plain, 'ipv4')
  const [address = ''] = ip.split('%', 1)
  return isIPv6(address) && list.check(address, 'ipv6')
}

function listOf(cidrs: readonly string[]): BlockList {
  const known = lists.get(cidrs)
  if (known) return known
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [network = '', bits = ''] = cidr.split('/')
    list.addSubnet(network, Number(bits), isIPv6(network) ? 'ipv6' : 'ipv4')
  }
  lists.set(cidrs, list)
  return list
}
