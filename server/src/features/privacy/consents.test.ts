import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { consentOf, hasConsent } from '../identity'
import { decideConsent } from './decide-consent'
import { readMine } from './read-mine'

// What is decided here is kept by `keepConsent`.
eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  const decide = (id: string, purpose: string, granted: boolean, version = '1') =>
    decideConsent(app.asResident(id), { purpose, version, granted, clientVersion: '0.1.0' })
  const stateOf = async (id: string, purpose: string) =>
    (await readMine(app.asResident(id))).purposes.find((one) => one.id === purpose)?.state
  const purposeOf = (id: string) => {
    const found = app.config.privacy.purposes.find((one) => one.id === id)
    if (found === undefined) throw new Error(`no purpose ${id}`)
    return found
  }

  test('each purpose is allowed by itself; a yes, a no and a yes are three rows with the hash of the text (C03, C06)', async () => {
    const { id } = await buildResident(app)
    expect(await stateOf(id, 'location')).toBe('asked')
    for (const granted of [true, false, true]) {
      await decide(id, 'location', granted)
      expect(await hasConsent(app.ctx(), id, 'location')).toBe(granted)
      expect(await hasConsent(app.ctx(), id, 'usage-comparison')).toBe(false)
      app.clock.advance(1000)
    }
    const rows = await app
      .ctx()
      .db.reader.query<{ granted: number; textSha256: string }>(
        'SELECT * FROM consent WHERE residentId = ? ORDER BY id',
        [id],
      )
    expect(rows.map(({ granted }) => granted)).toEqual([1, 0, 1])
    expect(new Set(rows.map(({ textSha256 }) => textSha256)).size).toBe(1)
    expect(rows[0]?.textSha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test('a text or version that has changed is asked anew, for that purpose alone (C04)', async () => {
    const { id } = await buildResident(app)
    await decide(id, 'location', true)
    const location = purposeOf('location')
    const { reader } = app.ctx().db
    expect((await consentOf(reader, [id], location)).state).toBe('granted')
    expect((await consentOf(reader, [id], { ...location, version: '2' })).state).toBe('older')
    const longer = { ...location, paragraphs: [...location.paragraphs, '还会给别人看'] }
    expect((await consentOf(reader, [id], longer)).state).toBe('older')
    await decide(id, 'usage-comparison', true)
    expect(await stateOf(id, 'usage-comparison')).toBe('granted')
  })

  test('a yes to a text that is not shown any more is refused, a no to it is taken (C05)', async () => {
    const { id } = await buildResident(app)
    await expect(decide(id, 'location', true, '0')).rejects.toMatchObject({ code: 'consent_changed' })
    await expect(decide(id, 'nothing-such', true)).rejects.toMatchObject({ code: 'not_found' })
    await decide(id, 'location', true)
    await decide(id, 'location', false, '0')
    expect(await stateOf(id, 'location')).toBe('refused')
  })
})
