import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { decideConsent } from '../privacy/decide-consent'
import { saveAccount } from '../staff/account-store'
import { buildAccount } from '../staff/test-office'
import { allowVoice, startUploads, type Uploader, type UploadWorld } from './test-uploads'
import { mp3 } from './test-recordings'

eachEngine((engine) => {
  let world: UploadWorld
  let alice: Uploader
  beforeAll(async () => {
    world = await startUploads(engine)
  })
  afterAll(() => world.app.close())
  beforeEach(async () => {
    alice = await world.person()
    await allowVoice(world.app, alice.id, false)
  })

  const decide = (granted: boolean, version = '1') =>
    decideConsent(world.app.asResident(alice.id), {
      purpose: 'voice',
      version,
      granted,
      clientVersion: 'test',
    })
  const begun = async (kind: 'voice' | 'image' | 'video') =>
    (await alice.begin(kind, 5000)).body.error?.code ?? 'ok'

  test('no voice is taken before its own yes; photos and films need none', async () => {
    expect(await begun('voice')).toBe('consent_needed')
    expect([await begun('image'), await begun('video')]).toEqual(['ok', 'ok'])
    await decide(true)
    expect(await begun('voice')).toBe('ok')
  })

  test('a yes to something else allows no voice', async () => {
    await decideConsent(world.app.asResident(alice.id), {
      purpose: 'location',
      version: '1',
      granted: true,
      clientVersion: 'test',
    })
    expect(await begun('voice')).toBe('consent_needed')
  })

  test('taken back, nothing further is recorded, what was sent stays, and every answer is kept', async () => {
    await decide(true)
    const sent = await alice.send('voice', mp3({ seconds: 2 }))
    expect(sent.body.state).toBe('ready')
    await decide(false)
    expect(await begun('voice')).toBe('consent_needed')
    expect((await alice.api('files.state', { fileId: sent.body.fileId })).body.state).toBe('ready')
    const rows = await world.app
      .ctx()
      .db.reader.query<{ granted: number }>(
        "SELECT granted FROM consent WHERE residentId = ? AND purpose = 'voice' ORDER BY id",
        [alice.id],
      )
    expect(rows.map(({ granted }) => Number(granted))).toEqual([1, 0, 1, 0])
  })

  test('a worker records at work without being asked as a resident', async () => {
    const account = await buildAccount(world.app, { loginName: 'sunwei', name: '孙师傅', roles: ['worker'] })
    const ctx = world.app.ctx()
    await inTransaction(ctx, (tx) => saveAccount(tx, ctx, { ...account, walletResidentId: alice.id }))
    expect(await begun('voice')).toBe('ok')
  })
})
