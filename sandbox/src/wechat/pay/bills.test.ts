import { createDecipheriv, createHash, X509Certificate } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { call, payFor, PayClient, startWechat, type WechatBed } from '../testing'

const MCHID = '1900000001'
const HOUR_MS = 3_600_000

describe('bills and certificates (wechat.md 4.2 and 4.7)', () => {
  let bed: WechatBed
  let client: PayClient
  beforeAll(async () => {
    bed = await startWechat()
    client = new PayClient(bed.address, bed.merchant(MCHID))
    await payFor(bed, client, 'BILL000001', 34_105)
    await client.request('POST', '/v3/refund/domestic/refunds', {
      out_trade_no: 'BILL000001',
      out_refund_no: 'BILLR1',
      amount: { refund: 5, total: 34_105, currency: 'CNY' },
    })
    await bed.kernel.clock.advance(5_000)
  })
  afterAll(() => bed.close())

  const ask = (path: string) => client.request('GET', path)
  const download = async (url: unknown): Promise<{ status: number; bytes: Buffer; signed: boolean }> => {
    const { pathname, search } = new URL(String(url))
    const path = `${pathname}${search}`.replace('/wechat-pay', '')
    const response = await fetch(String(url), {
      headers: {
        Accept: '*/*',
        'User-Agent': 'yihu-test',
        Authorization: client.authorization('GET', path, ''),
      },
    })
    const signed = response.headers.has('wechatpay-signature')
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), signed }
  }

  it('is not ready today nor before ten the next morning', async () => {
    expect((await ask('/v3/bill/tradebill?bill_date=2026-01-15')).json['code']).toBe('INVALID_REQUEST')
    await bed.kernel.clock.advance(16 * HOUR_MS)
    expect((await ask('/v3/bill/tradebill?bill_date=2026-01-15')).json['code']).toBe('STATEMENT_CREATING')
    await bed.kernel.clock.advance(8 * HOUR_MS)
    expect((await ask('/v3/bill/tradebill?bill_date=2026-01-15')).status).toBe(200)
    expect((await ask('/v3/bill/tradebill?bill_date=2026-01-14')).json['code']).toBe('NO_STATEMENT_EXIST')
    expect((await ask('/v3/bill/tradebill?bill_date=2026-02-30')).json['code']).toBe('PARAM_ERROR')
    expect((await ask('/v3/bill/tradebill?bill_date=2025-09-01')).json['code']).toBe('INVALID_REQUEST')
  })

  it('is a BOM, CRLF, backquoted file whose hash fits, sent unsigned', async () => {
    const { json } = await ask('/v3/bill/tradebill?bill_date=2026-01-15&bill_type=ALL')
    const file = await download(json['download_url'])
    expect([file.status, file.signed]).toEqual([200, false])
    expect(createHash('sha1').update(file.bytes).digest('hex')).toBe(json['hash_value'])
    const text = file.bytes.toString('utf8')
    expect(text.startsWith('\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,')).toBe(
      true,
    )
    const lines = text.slice(1).trimEnd().split('\r\n')
    expect(lines).toHaveLength(5)
    const columns = (lines[0] ?? '').split(',')
    const row = (index: number): Record<string, string> => {
      const cells = (lines[index] ?? '').split(',')
      expect(cells.every((cell) => cell.startsWith('`'))).toBe(true)
      return Object.fromEntries(columns.map((name, at) => [name, (cells[at] ?? '').slice(1)]))
    }
    expect(row(1)).toMatchObject({
      交易时间: '2026-01-15 10:00:00',
      商户订单号: 'BILL000001',
      交易状态: 'SUCCESS',
      应结订单金额: '341.05',
      订单金额: '341.05',
    })
    expect(row(2)).toMatchObject({
      交易状态: 'REFUND',
      应结订单金额: '0.00',
      商户退款单号: 'BILLR1',
      退款金额: '0.05',
      退款类型: 'ORIGINAL',
      退款状态: 'SUCCESS',
    })
    expect(lines[4]).toBe('`2,`341.05,`0.05,`0.00,`0.00000,`341.05,`0.05')
  })

  it('drops the refund columns from SUCCESS and adds the two times to REFUND', async () => {
    const text = async (type: string): Promise<string> => {
      const { json } = await ask(`/v3/bill/tradebill?bill_date=2026-01-15&bill_type=${type}`)
      return (await download(json['download_url'])).bytes.toString()
    }
    expect(await text('SUCCESS')).not.toContain('微信退款单号')
    expect(await text('REFUND')).toContain('退款申请时间,退款成功时间,微信退款单号')
  })

  it('packs with GZIP, hashes the unpacked bytes, and ends the link after five minutes', async () => {
    const { json } = await ask('/v3/bill/fundflowbill?bill_date=2026-01-15&account_type=BASIC&tar_type=GZIP')
    const packed = (await download(json['download_url'])).bytes
    const plain = gunzipSync(packed)
    expect(createHash('sha1').update(plain).digest('hex')).toBe(json['hash_value'])
    expect(plain.toString()).toContain('`退款总金额0.05元;含手续费0.00元')
    expect(plain.toString().trimEnd().endsWith('`2,`1,`341.05,`1,`0.05')).toBe(true)
    const stranger = new PayClient(bed.address, bed.merchant('1900000002'))
    const path = new URL(String(json['download_url']))
    const foreign = await stranger.request('GET', `${path.pathname}${path.search}`.replace('/wechat-pay', ''))
    expect([foreign.status, foreign.json['code']]).toEqual([403, 'NO_AUTH'])
    expect((await call(String(json['download_url']))).status).toBe(401)
    await bed.kernel.clock.advance(5 * 60_000)
    expect((await download(json['download_url'])).status).toBe(403)
  })

  it('hands out the platform certificate sealed, and none to a public-key merchant', async () => {
    const { json } = await ask('/v3/certificates')
    const [entry] = json['data'] as {
      serial_no: string
      encrypt_certificate: { nonce: string; associated_data: string; ciphertext: string }
    }[]
    if (!entry) throw new Error('no certificate')
    const { nonce, associated_data: aad, ciphertext } = entry.encrypt_certificate
    const bytes = Buffer.from(ciphertext, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(client.keys.apiV3Key), Buffer.from(nonce))
    decipher.setAAD(Buffer.from(aad))
    decipher.setAuthTag(bytes.subarray(-16))
    const pem = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString()
    expect(new X509Certificate(pem).serialNumber).toBe(entry.serial_no)
    const publicMode = new PayClient(bed.address, bed.merchant('1900000002'))
    const none = await publicMode.request('GET', '/v3/certificates')
    expect([none.status, none.json['code']]).toEqual([404, 'RESOURCE_NOT_EXISTS'])
    expect(none.json['message']).toContain('无可用的平台证书')
  })
})
