import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { eachEngine } from '../../testing/harness'
import { decoderOf } from './decoder/pool'
import { findFile } from './store'
import { openBytes } from './stored-bytes'
import * as corpus from './test-corpus'
import { type Answer, startUploads, type Uploader, type UploadWorld } from './test-uploads'

const { CANARY } = corpus

eachEngine((engine) => {
  let world: UploadWorld
  let alice: Uploader
  beforeAll(async () => {
    world = await startUploads(engine)
    alice = await world.person()
  })
  afterAll(() => world.app.close())

  /** The opened bytes of what is stored for a file. */
  const stored = async (answer: Answer, variant: 'main' | 'thumb' = 'main'): Promise<Buffer> => {
    const ctx = world.app.ctx()
    const row = await findFile(ctx.db.reader, answer.body.fileId)
    if (!row) throw new Error('no such file')
    const chunks: Buffer[] = []
    for await (const chunk of await openBytes(ctx, row, variant)) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks)
  }

  test.each(['jpeg', 'png', 'webp'] as const)(
    'a %s becomes a JPEG of at most 2048 px, and a small one',
    async (format) => {
      const sent = await alice.send('image', await corpus.photo({ width: 3000, height: 1500, format }))
      expect(sent.body).toMatchObject({ state: 'ready' })
      expect(await sharp(await stored(sent)).metadata()).toMatchObject({
        format: 'jpeg',
        width: 2048,
        height: 1024,
      })
      expect(await sharp(await stored(sent, 'thumb')).metadata()).toMatchObject({
        format: 'jpeg',
        width: 320,
        height: 160,
      })
    },
  )

  test('place, words, profile and maker are gone from both pictures, and it stands upright', async () => {
    const original = await corpus.photoWithTraces()
    expect(original.toString('latin1')).toContain(CANARY)
    const sent = await alice.send('image', original)
    expect(sent.body.state).toBe('ready')
    for (const variant of ['main', 'thumb'] as const) {
      const bytes = await stored(sent, variant)
      expect(bytes.toString('latin1')).not.toMatch(new RegExp(`${CANARY}|<script|Exif|xmpmeta|ICC_PROFILE`))
      const { exif, xmp, icc, orientation, width = 0, height = 0 } = await sharp(bytes).metadata()
      expect({ exif, xmp, icc, orientation }).toEqual({})
      expect(height).toBeGreaterThan(width)
    }
    // 6 means "turn right": what was on top lies right.
    const { data, info } = await sharp(await stored(sent))
      .raw()
      .toBuffer({ resolveWithObject: true })
    const at = (x: number, y: number): number[] => [
      ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
    ]
    const [left = [], right = []] = [at(20, info.height / 2), at(info.width - 20, info.height / 2)]
    expect(left[0]).toBeGreaterThan(150)
    expect(right[2]).toBeGreaterThan(150)
  })

  test.each([
    ['HTML', corpus.html],
    ['a ZIP archive', corpus.zip('page.html', corpus.html)],
    ['PHP', Buffer.from(`<?php system('${CANARY}'); ?>`)],
  ])('a JPEG with %s behind its last pixel keeps its pixels only', async (_, tail) => {
    const sent = await alice.send('image', Buffer.concat([await corpus.photo(), tail]))
    expect(sent.body.state).toBe('ready')
    const bytes = (await stored(sent)).toString('latin1')
    for (const trace of ['<script', 'PK\x03\x04', CANARY, '<?php']) expect(bytes).not.toContain(trace)
  })

  test('what is stored cannot be read by the store', async () => {
    const sent = await alice.send('image', await corpus.photo())
    const row = await findFile(world.app.ctx().db.reader, sent.body.fileId)
    const object = world.storage.objects.get(row?.storageKey ?? '') ?? Buffer.alloc(0)
    expect(object.length).toBeGreaterThan(500)
    expect(object.subarray(0, 3)).not.toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    expect(row?.storageKey).toMatch(/^image\/[0-9a-f]{2}\/[0-9a-f]{32}\.jpg$/)
  })

  test.each([
    ['an SVG', corpus.svg, '不是照片'],
    ['HTML', corpus.html, '不是照片'],
    ['GIF89a with a script', corpus.gif, '动图'],
    ['a TIFF', corpus.tiff, '格式'],
    ['a PDF', corpus.pdf, '文档'],
    ['a ZIP', corpus.zip('a.jpg', Buffer.alloc(100_000)), '压缩包'],
    ['an MP4', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), '视频'],
    ['a HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'HEIC'],
    ['noise', Buffer.alloc(5000, 7), '不是照片'],
    ['a single byte', Buffer.from('x'), '不是照片'],
    ['a JPEG in name only', Buffer.from('\xff\xd8\xff\xe0<svg onload=alert(1)>', 'latin1'), '照片'],
    [
      'an SVG behind the first bytes of a PNG',
      Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), corpus.svg]),
      '照片',
    ],
  ])('%s is refused in words, and nothing of it is stored', async (_, bytes, words) => {
    const before = world.storage.objects.size
    const sent = await alice.send('image', bytes)
    expect(sent).toMatchObject({ status: 200, body: { state: 'refused' } })
    expect(sent.body.reason).toContain(words)
    expect(world.storage.objects.size).toBe(before)
    const row = await findFile(world.app.ctx().db.reader, sent.body.fileId)
    expect(world.storage.objects.has(row?.storageKey ?? '')).toBe(false)
  })

  test('half a photo is refused, and says so', async () => {
    const whole = await corpus.photo({ width: 1600, height: 1200 })
    const sent = await alice.send('image', whole.subarray(0, Math.floor(whole.length / 2)))
    expect(sent.body).toMatchObject({ state: 'refused', reason: '这张照片没有传完整，请重新选择。' })
  })

  test('ten bombs at once are refused, and no process grows with them', async () => {
    const bomb = corpus.pngBomb(16_000, 16_000)
    expect(bomb.length).toBeLessThan(200_000)
    const textBomb = await corpus.pngTextBomb()
    expect(textBomb.length).toBeLessThan(50_000)
    const people = await Promise.all(Array.from({ length: 10 }, () => world.person()))
    await alice.send('image', await corpus.photo())
    const before = memoryNow(world)
    const sent = await Promise.all(people.map((person) => person.send('image', bomb)))
    for (const { body } of sent) expect(body).toMatchObject({ state: 'refused' })
    expect(sent[0]?.body.reason).toContain('太大')
    // Its words are never unpacked: the picture is fine, and they are gone.
    const texts = await Promise.all(people.map((person) => person.send('image', textBomb)))
    for (const { body } of texts) expect(body.state).toBe('ready')
    const after = memoryNow(world)
    expect(after.decoders - before.decoders).toBeLessThan(150)
    expect(after.portal - before.portal).toBeLessThan(150)
  })
})

/** Megabytes in use now, of this process and of the largest decoder. */
function memoryNow(world: UploadWorld): { portal: number; decoders: number } {
  const resident = (pid: number | 'self'): number => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  }
  const decoders = decoderOf(world.app.config.files).pids().map(resident)
  return { portal: resident('self'), decoders: Math.max(0, ...decoders) }
}
