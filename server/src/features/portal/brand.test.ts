import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { describePortal } from './describe-portal'
import { portalOperations } from './schema'

async function logo(background: string): Promise<{ path: string; bytes: Buffer }> {
  const bytes = await sharp({ create: { width: 128, height: 128, channels: 4, background } })
    .png()
    .toBuffer()
  const path = join(mkdtempSync(join(tmpdir(), 'yihu-logo-')), 'logo.png')
  writeFileSync(path, bytes)
  return { path, bytes }
}
const described = (app: TestApp) =>
  portalOperations['portal.describe'].output.parse(describePortal(app.ctx()))

eachEngine((engine) => {
  test('a portal of several companies wears its own colour and logo, each company its own, and strangers get the pictures', async () => {
    const [house, gas] = [await logo('#1F5FBF'), await logo('#1664D9')]
    const plain = await startApp({ engine })
    const companies = plain.ctx().config.companies.map((company) => ({
      ...company,
      ...(company.id === 'gas' ? { logo: gas.path } : {}),
    }))
    expect(described(plain)).toMatchObject({ brandColour: null, logo: null })
    await plain.close()

    const app = await startApp({
      engine,
      config: { companies, portal: { brandColour: '#1F5FBF', logo: house.path } },
    })
    const portal = described(app)
    expect(portal.brandColour).toBe('#1F5FBF')
    const own = new Map(portal.companies.map((company) => [company.id, company.logo]))
    expect(own.get('heating')).toBeNull()
    for (const [path, bytes] of [
      [portal.logo, house.bytes],
      [own.get('gas'), gas.bytes],
    ] as const) {
      const answer = await fetch(`${app.url}${path}`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
      expect(answer.headers.get('cache-control')).toContain('immutable')
    }
    expect((await fetch(`${app.url}/brand/0123456789abcdef.png`)).status).toBe(404)
    expect(JSON.stringify(portal)).not.toContain(house.path)
    await app.close()
  })

  test('a portal of one company wears what the company wears', async () => {
    const { path } = await logo('#0B7A5B')
    const plain = await startApp({ engine })
    const [first] = plain.ctx().config.companies
    await plain.close()
    const app = await startApp({ engine, config: { companies: [{ ...first, logo: path }] } })
    const portal = described(app)
    expect(portal).toMatchObject({ brandColour: first?.brandColour, logo: portal.companies[0]?.logo })
    expect(portal.logo).toMatch(/^\/brand\/[0-9a-f]{16}\.png$/)
    await app.close()
  })
})
