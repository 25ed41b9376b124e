import { eachEngine } from '../../testing/harness'
import { findFile } from './store'
import { openBytes } from './stored-bytes'
import { CANARY, html, photo, zip } from './test-corpus'
import { aacInAdts, aacInMp4, amr, mp3, opusInOgg, opusInWebm, shortVideo, wav } from './test-recordings'
import { type Answer, startUploads, type Uploader, type UploadWorld } from './test-uploads'

eachEngine((engine) => {
  let world: UploadWorld
  let alice: Uploader
  beforeAll(async () => {
    world = await startUploads(engine)
    alice = await world.person()
  })
  afterAll(() => world.app.close())

  const stored = async (answer: Answer): Promise<string> => {
    const ctx = world.app.ctx()
    const row = await findFile(ctx.db.reader, answer.body.fileId)
    if (!row) throw new Error('no such file')
    const chunks: Buffer[] = []
    for await (const chunk of await openBytes(ctx, row, 'main')) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString('latin1')
  }
  const factsOf = async (answer: Answer) => {
    const row = await findFile(world.app.ctx().db.reader, answer.body.fileId)
    return { contentType: row?.contentType, durationMs: Number(row?.durationMs), width: row?.width }
  }

  test.each([
    ['AAC in MP4', () => aacInMp4({ seconds: 5 }), 'audio/mp4'],
    ['bare AAC', () => aacInAdts({ seconds: 5 }), 'audio/aac'],
    ['Opus in WebM', () => opusInWebm({ seconds: 5 }), 'audio/webm'],
    ['Opus in Ogg', () => opusInOgg({ seconds: 5 }), 'audio/ogg'],
    ['MP3', () => mp3({ seconds: 5 }), 'audio/mpeg'],
    ['WAV', () => wav({ seconds: 5 }), 'audio/wav'],
  ])('a voice note as %s is kept without the words around it', async (_, make, contentType) => {
    const original = await make()
    const sent = await alice.send('voice', original)
    expect(sent.body).toMatchObject({ state: 'ready', reason: null })
    const facts = await factsOf(sent)
    expect(facts.contentType).toBe(contentType)
    expect(Math.abs(facts.durationMs - 5000)).toBeLessThan(100)
    expect(await stored(sent)).not.toContain(CANARY)
  })

  test('a voice of WeChat’s window, which no browser plays, is kept as samples that sound the same', async () => {
    const sent = await alice.send('voice', amr({ seconds: 3 }))
    expect(sent.body).toMatchObject({ state: 'ready', reason: null })
    expect(await factsOf(sent)).toMatchObject({ contentType: 'audio/wav', durationMs: 2980 })
    const bytes = Buffer.from(await stored(sent), 'latin1')
    const samples = bytes.subarray(bytes.indexOf('data') + 8)
    expect(samples.length).toBe(2.98 * 8000 * 2)
    let crossings = 0
    for (let at = 2; at < samples.length; at += 2)
      if (samples.readInt16LE(at - 2) < 0 !== samples.readInt16LE(at) < 0) crossings++
    // A tone of 440 Hz crosses zero 880 times a second.
    expect(Math.abs(crossings / 2.98 - 880)).toBeLessThan(30)
    expect(
      Math.max(...Array.from({ length: 8000 }, (_, at) => samples.readInt16LE(16_000 + at * 2))),
    ).toBeGreaterThan(8000)
  })

  test.each(['mp4', 'mov'] as const)(
    'a video from a %s keeps its turn and loses its title and comment',
    async (container) => {
      const original = await shortVideo({ seconds: 3, container })
      expect(original.toString('latin1')).toContain(CANARY)
      const sent = await alice.send('video', original)
      expect(sent.body).toMatchObject({ state: 'ready', reason: null })
      expect(await factsOf(sent)).toMatchObject({ contentType: 'video/mp4', durationMs: 3000, width: 480 })
      const bytes = await stored(sent)
      expect(bytes).not.toMatch(new RegExp(`${CANARY}|<script`))
      const state = await alice.api('files.state', { fileId: sent.body.fileId })
      expect(state.body.file).toMatchObject({ kind: 'video', thumbUrl: null, durationMs: 3000 })
    },
  )

  test.each([
    ['voice', 'a minute and a bit of AAC', () => aacInMp4({ seconds: 62 }), '录音最长 60 秒'],
    ['voice', 'a minute and a bit of Opus', () => opusInWebm({ seconds: 62 }), '录音最长 60 秒'],
    ['voice', 'a minute and a bit of MP3', () => mp3({ seconds: 62 }), '录音最长 60 秒'],
    ['voice', 'a minute and a bit of WAV', () => wav({ seconds: 62 }), '录音最长 60 秒'],
    ['video', 'half a minute and a bit', () => shortVideo({ seconds: 32 }), '视频最长 30 秒'],
    ['voice', 'a minute and a bit of AMR', () => amr({ seconds: 61 }), '录音最长 60 秒'],
    ['voice', 'AMR that is cut in a frame', () => amr({ seconds: 2 }).subarray(0, 1001), '打不开'],
    ['voice', 'AMR with a frame that there is not', () => Buffer.from('#!AMR\n\x6cabcd', 'latin1'), '打不开'],
    ['voice', 'AMR of nothing', () => Buffer.from('#!AMR\n', 'latin1'), '打不开'],
    ['voice', 'a video', () => shortVideo({ seconds: 2 }), '不是录音'],
    ['video', 'a voice note', () => aacInMp4({ seconds: 2 }), '不是视频'],
    ['video', 'a photo', () => photo(), '打不开'],
    ['voice', 'HTML', () => html, '打不开'],
    ['video', 'a ZIP', () => zip('a.mp4', html), '打不开'],
    ['voice', 'noise', () => Buffer.alloc(4000, 9), '打不开'],
    [
      'video',
      'half of a video',
      async () => (await shortVideo({ seconds: 3 })).subarray(0, 200),
      '请重新拍一段',
    ],
  ] as const)('%s: %s is refused in words', async (kind, _, make, words) => {
    const before = world.storage.objects.size
    const sent = await alice.send(kind, Buffer.from(await make()))
    expect(sent.body.state).toBe('refused')
    expect(sent.body.reason).toContain(words)
    expect(world.storage.objects.size).toBe(before)
  })

  test('what a header says of its length is not believed', async () => {
    const sent = await alice.send('voice', wav({ seconds: 62, told: 16_000 * 62 }))
    expect(sent.body.reason).toContain('60 秒')
    const boast = await alice.send('voice', wav({ seconds: 3, told: 16_000 * 3000 }))
    expect(boast.body.state).toBe('ready')
    expect((await factsOf(boast)).durationMs).toBeLessThan(3100)
  })
})
