const KEY = /^[a-z]{1,16}\/[0-9a-f]{2}\/[0-9a-f]{32}\.[a-z0-9]{2,5}$/

/** A key that the portal did not make never reaches a path or an address. */
export function checkedKey(key: string): string {
  if (!KEY.test(key)) throw new Error('This is no key of the file storage.')
  return key
}
