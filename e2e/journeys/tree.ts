import type { CDPSession } from 'playwright-core'
import type { Phone } from './phone'

interface TreeNode {
  readonly nodeId: string
  readonly ignored: boolean
  readonly role?: { readonly value: string }
  readonly name?: { readonly value: string }
  readonly childIds?: readonly string[]
  readonly backendDOMNodeId?: number
}

interface Snapshot {
  readonly documents: readonly {
    readonly frameId: number
    readonly nodes: { readonly backendNodeId: readonly number[]; readonly parentIndex: readonly number[] }
    readonly layout: {
      readonly nodeIndex: readonly number[]
      readonly styles: readonly (readonly number[])[]
      readonly bounds: readonly (readonly [number, number, number, number])[]
    }
  }[]
  readonly strings: readonly string[]
}

interface Box {
  readonly words: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** What it is fixed or scrolls in, so that only things that stand in one flow are compared. */
  readonly layer: number
}

/** Roles that a screen reader offers to press or to write into. */
const CONTROLS = [
  'button',
  'radio',
  'checkbox',
  'switch',
  'link',
  'tab',
  'textbox',
  'spinbutton',
  'searchbox',
]
const NEARLY_PX = 2

/** Leaves of the tree in the order in which they are read out. */
function readOut(nodes: readonly TreeNode[]): TreeNode[] {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const [root] = nodes
  const read: TreeNode[] = []
  const walk = (node: TreeNode): void => {
    const role = node.role?.value ?? ''
    if (!node.ignored && (role === 'StaticText' || CONTROLS.includes(role))) read.push(node)
    if (role === 'StaticText') return
    for (const id of node.childIds ?? []) {
      const child = byId.get(id)
      if (child) walk(child)
    }
  }
  if (root) walk(root)
  return read
}

/** Where each node of the page stands on the screen, by its number in the document. */
async function boxesOf(cdp: CDPSession, frameId: string): Promise<Map<number, Omit<Box, 'words'>>> {
  const { documents, strings } = (await cdp.send('DOMSnapshot.captureSnapshot', {
    computedStyles: ['position', 'overflow-y'],
  })) as unknown as Snapshot
  const page = documents.find((one) => strings[one.frameId] === frameId)
  if (!page) throw new Error('the page has no picture')
  const { nodes, layout } = page
  const apart = ['fixed', 'sticky', 'absolute', 'auto', 'scroll']
  const fixed = new Set(
    layout.nodeIndex.filter((_, at) =>
      (layout.styles[at] ?? []).some((style) => apart.includes(strings[style] ?? '')),
    ),
  )
  const layerOf = (node: number): number => {
    for (let at = node; at >= 0; at = nodes.parentIndex[at] ?? -1) if (fixed.has(at)) return at
    return -1
  }
  return new Map(
    layout.nodeIndex.map((node, at) => {
      const [left, top, width, height] = layout.bounds[at] ?? [0, 0, 0, 0]
      const box = { left, top, right: left + width, bottom: top + height, layer: layerOf(node) }
      return [nodes.backendNodeId[node] ?? -1, box]
    }),
  )
}

/** Whether somebody who reads down and along would come to `next` before `last`. */
function isBefore(next: Box, last: Box): boolean {
  if (next.layer !== last.layer) return false
  const isAbove = next.bottom <= last.top + NEARLY_PX
  const sameColumn = next.left < last.right - NEARLY_PX && last.left < next.right - NEARLY_PX
  const sameLine = Math.abs((next.top + next.bottom) / 2 - (last.top + last.bottom) / 2) < NEARLY_PX
  return (isAbove && sameColumn) || (sameLine && next.right <= last.left + NEARLY_PX)
}

/** What is wrong for somebody who hears the page: controls without a name, and words out of their order on the screen. */
export async function treeFaults(phone: Phone): Promise<string[]> {
  const { page } = phone
  // Boxes are taken where the page begins.
  await phone.frame.locator('body').evaluate((body) => {
    for (const one of [document.documentElement, ...body.querySelectorAll('*')])
      if (one.scrollTop > 0) one.scrollTop = 0
  })
  const inside = page.frames().find((frame) => frame.parentFrame() !== null)
  if (!inside) return ['the phone shows no page']
  // The page lives in a process of its own, apart from the sandbox's page around it.
  const cdp = await page.context().newCDPSession(inside)
  try {
    const { frameTree } = (await cdp.send('Page.getFrameTree')) as { frameTree: { frame: { id: string } } }
    const frameId = frameTree.frame.id
    const { nodes } = (await cdp.send('Accessibility.getFullAXTree')) as { nodes: TreeNode[] }
    const boxes = await boxesOf(cdp, frameId)
    const faults: string[] = []
    let last: Box | null = null
    const read = readOut(nodes)
    if (read.length === 0) faults.push('nothing is read out')
    for (const node of read) {
      const role = node.role?.value ?? ''
      const words = node.name?.value.trim() ?? ''
      if (role !== 'StaticText') {
        if (words === '') faults.push(`a ${role} without a name`)
        continue
      }
      const at = boxes.get(node.backendDOMNodeId ?? -1)
      if (!at || words === '') continue
      const box = { ...at, words }
      if (last && isBefore(box, last))
        faults.push(`“${words.slice(0, 20)}” is read after “${last.words.slice(0, 20)}”`)
      last = box
    }
    return faults
  } finally {
    await cdp.detach()
  }
}
