/** Pictures that this page sent itself and can show before they come back; addresses within the browser alone. */
const previews = new Map<string, string>()
const mostPreviews = 30

export function keepPreview(fileId: string, url: string): void {
  previews.set(fileId, url)
  const [oldest] = previews
  if (previews.size <= mostPreviews || oldest === undefined) return
  URL.revokeObjectURL(oldest[1])
  previews.delete(oldest[0])
}

export const previewOf = (fileId: string): string | null => previews.get(fileId) ?? null
