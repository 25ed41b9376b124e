import { zip } from '../alipay/zip'
import type { TaxEntry } from './book'

/** What stands on the page, line by line. */
function linesOf(entry: TaxEntry): string[] {
  const { order, red, invoiceNo } = entry
  if (order === null) return []
  const sign = red === null ? '' : '-'
  const when = new Date((entry.issuedAtMs ?? 0) + 8 * 3_600_000).toISOString().slice(0, 10)
  return [
    '电子发票（普通发票）',
    `发票号码：${invoiceNo ?? ''}    开票日期：${when}`,
    ...(red === null ? [] : [`红字发票，对应蓝字发票号码：${red.originalInvoiceNo}`]),
    `购买方：${order.buyer.name}    ${order.buyer.taxNo === null ? '' : `统一社会信用代码/纳税人识别号：${order.buyer.taxNo}`}`,
    `销售方：${order.seller.name}    统一社会信用代码/纳税人识别号：${order.seller.taxNo}`,
    ...order.lines.map(
      ({ goodsName, taxRate, amount, tax }) =>
        `${goodsName}    金额 ${sign}${amount}    税率/征收率 ${taxRate}    税额 ${sign}${tax}`,
    ),
    `合计    金额 ${sign}${order.totalAmount}    税额 ${sign}${order.totalTax}`,
    `价税合计（小写）¥${sign}${order.total}`,
    `备注：${order.remark}`,
    `开票人：${order.drawer}`,
    '沙箱样张，不是真发票',
  ]
}

const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex')

/** One page with a font that every reader brings for Chinese, so that no font file is needed. */
export function pdfOf(entry: TaxEntry): Buffer {
  const shown = linesOf(entry).map((line, index) => `1 0 0 1 40 ${360 - index * 26} Tm <${hex(line)}> Tj`)
  const content = `BT /F1 ${11} Tf\n${shown.join('\n')}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 396] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ]
  let body = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  const tail = `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(body + tail, 'latin1')
}

/** GB/T 33190: an OFD file is an archive with OFD.xml at its root. */
export function ofdOf(entry: TaxEntry, nowMs: number): Buffer {
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo>',
    `<ofd:DocID>${entry.invoiceNo ?? ''}</ofd:DocID></ofd:DocInfo></ofd:DocBody></ofd:OFD>`,
  ].join('')
  return zip([{ name: Buffer.from('OFD.xml'), content: Buffer.from(xml) }], nowMs)
}
