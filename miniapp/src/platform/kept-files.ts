/** Files of this page's life, by the address under which the browser shows them. */
const files = new Map<string, Blob>()

export function keepFile(blob: Blob): string {
  const path = URL.createObjectURL(blob)
  files.set(path, blob)
  return path
}

/** Under a name of its own, such as that of a file which was kept over restarts. */
export function keepFileAs(path: string, blob: Blob): void {
  files.set(path, blob)
}

export const keptFile = (path: string): Blob | undefined => files.get(path)
