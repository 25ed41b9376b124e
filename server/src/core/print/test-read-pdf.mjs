// Reads a PDF as a viewer does: node test-read-pdf.mjs file.pdf folder dotsPerInch page,page,…
// pdfjs-dist is published as an ES module only, which the tests, being CommonJS on Node 20, cannot load themselves.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

const [, , file, folder, dotsPerInch, wanted] = process.argv
const doc = await getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 }).promise
const pages = []
for (const number of wanted.split(',').map(Number)) {
  const page = await doc.getPage(number)
  const viewport = page.getViewport({ scale: Number(dotsPerInch) / 72 })
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height))
  await page.render({ canvas, canvasContext: canvas.getContext('2d'), viewport }).promise
  const picture = join(folder, `page-${number}-${dotsPerInch}.png`)
  writeFileSync(picture, canvas.toBuffer('image/png'))
  const { items } = await page.getTextContent()
  pages.push({ picture, text: items.map(({ str }) => str).join(''), size: page.view.slice(2) })
}
const { info } = await doc.getMetadata()
process.stdout.write(JSON.stringify({ count: doc.numPages, title: info.Title, pages }))
