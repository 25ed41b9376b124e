import { createCanvas } from '@napi-rs/canvas'
import readPixels from 'jsqr'
import { until } from '../scripts/processes'
import { Agent } from './mini/agent'
import type { Stack } from './stack'

/** 144 dots an inch, as a telephone sees a sheet at arm's length. */
const SCALE = 2
const PRINT_TIMEOUT_MS = 30_000

interface Order {
  readonly id: string
  readonly state: string
  readonly files: readonly { readonly fileNo: number }[]
}

interface CodeRow {
  readonly householdId: string
  readonly code: { readonly id: string; readonly number: string } | null
}

/** A sheet as it hangs in a house: what its code says, and a photograph of it. */
export interface Sheet {
  readonly link: string
  readonly picture: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }
}

export interface PrintedCode extends Sheet {
  readonly householdId: string
}

/** Somebody at the company prints a household's code, and holds it before a telephone. */
export class Printer {
  private acts = 0

  private constructor(
    private readonly stack: Stack,
    readonly agent: Agent,
  ) {}

  static async signedIn(stack: Stack): Promise<Printer> {
    const agent = new Agent(stack, 'linjing')
    await agent.signIn()
    return new Printer(stack, agent)
  }

  /** Prints the notice of one household, made where there is no code yet. */
  async print(companyId: string, accountNo: string): Promise<PrintedCode> {
    const { householdId } = await this.find(companyId, accountNo)
    const { order } = (await this.agent.ask('POST', 'codeDesk.print', {
      clientId: this.clientId(),
      companyId,
      householdId,
      form: 'notice',
    })) as unknown as { order: Order }
    const done = await this.printed(companyId, order.id)
    const { url } = (await this.agent.ask('POST', 'codeDesk.takeFile', {
      clientId: this.clientId(),
      orderId: order.id,
      fileNo: done.files[0]?.fileNo,
    })) as { url: string }
    return { householdId, ...(await photograph(await this.agent.download(url))) }
  }

  /** The household with its code, as the desk finds it. */
  async find(companyId: string, accountNo: string): Promise<CodeRow> {
    const { items } = (await this.agent.ask(
      'GET',
      `codeDesk.list?companyId=${companyId}&q=${accountNo}`,
    )) as unknown as { items: CodeRow[] }
    const [found] = items
    if (!found) throw new Error(`the desk finds no household ${accountNo}`)
    return found
  }

  /** Takes a household's code out of use, without another one in its place. */
  async revoke(
    companyId: string,
    accountNo: string,
    why: 'replaced' | 'lost' | 'moved' | 'misused',
  ): Promise<void> {
    const { code } = await this.find(companyId, accountNo)
    if (!code) throw new Error(`household ${accountNo} has no code`)
    await this.agent.ask('POST', 'codeDesk.revoke', {
      clientId: this.clientId(),
      codeId: code.id,
      why,
      renew: false,
    })
  }

  private async printed(companyId: string, orderId: string): Promise<Order> {
    let found: Order | undefined
    await until(
      async () => {
        const answer = await this.agent.ask('GET', `codeDesk.orders?companyId=${companyId}`)
        const { items } = answer as unknown as { items: Order[] }
        found = items.find(({ id }) => id === orderId)
        return found !== undefined && found.state !== 'running'
      },
      {
        timeoutMs: PRINT_TIMEOUT_MS,
        everyMs: 200,
        timedOut: () => `nothing was printed: ${JSON.stringify(found)}\n${this.stack.lastWords()}`,
      },
    )
    if (found?.state !== 'done') throw new Error(`the order ended as ${JSON.stringify(found)}`)
    return found
  }

  private clientId(): string {
    this.acts += 1
    return `e2e-printer-${Date.now()}-${this.acts}`.padEnd(24, '-')
  }
}

/** The first page of a printed file, photographed. */
export async function photograph(pdf: Uint8Array): Promise<Sheet> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const document = await getDocument({ data: pdf, verbosity: 0 }).promise
  const page = await document.getPage(1)
  const viewport = page.getViewport({ scale: SCALE })
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height))
  const paper = canvas.getContext('2d')
  await page.render({ canvas: canvas as never, canvasContext: paper as never, viewport }).promise
  const { data, width, height } = paper.getImageData(0, 0, canvas.width, canvas.height)
  await document.destroy()
  const link = readPixels(new Uint8ClampedArray(data), width, height)?.data
  if (link === undefined) throw new Error('no code can be read on the printed page')
  const picture = { name: 'IMG_0002.png', mimeType: 'image/png', buffer: canvas.toBuffer('image/png') }
  return { link, picture }
}
