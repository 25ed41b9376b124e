import type { PicturePlatform } from './types'

// A browser may not write to the album; a shown picture can be kept by a long press in every wallet.
export const picture: PicturePlatform = {
  save: async (width, height, draw) => {
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    const brush = canvas.getContext('2d')
    if (!brush) throw new Error('no canvas')
    draw(brush as unknown as Parameters<typeof draw>[0])
    return { show: canvas.toDataURL('image/png') }
  },
  fetch: async (url, headers) => {
    const answer = await window.fetch(url, { headers, credentials: 'same-origin' })
    if (!answer.ok) throw new Error(`refused with ${answer.status}`)
    return URL.createObjectURL(await answer.blob())
  },
}
