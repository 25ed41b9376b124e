/** Files of this page's life, by the address under which the browser shows them. */
const files = new Map<string, Blob>()

export function keepFile(blob: Blob): string {
  const path = URL.createObjectURL(blob)
  files.set(path, blob)
  return path
}

export const keptFile = (path: string): Blob | undefined => files.get(path)
