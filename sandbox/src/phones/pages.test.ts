import { type PhonesWorld, startPhonesWorld } from './testing'

let world: PhonesWorld

beforeAll(async () => {
  world = await startPhonesWorld((_incoming, out) => out.end())
})

afterAll(() => world.close())

test.each(['/', '/phones', '/phones/wechat', '/phones/alipay', '/phones/worker', '/panel', '/switch'])(
  '%s is a page with its script',
  async (path) => {
    const html = await (await fetch(world.sandbox + path)).text()
    const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1])
    expect(scripts).toHaveLength(2)
    for (const script of scripts) {
      const answer = await fetch(world.sandbox + script)
      expect(answer.status).toBe(200)
      expect((await answer.text()).length).toBeGreaterThan(1_000)
    }
  },
)

test('the page learns the ports that the phones were given', async () => {
  const config = (await (await fetch(`${world.sandbox}/phones/config.json`)).json()) as Record<
    string,
    unknown
  >
  expect(config).toMatchObject({
    wechatPort: Number(new URL(world.wechat).port),
    alipayPort: Number(new URL(world.alipay).port),
    workerPort: Number(new URL(world.worker).port),
    portalOrigin: world.portal,
  })
})

test('nothing but the known files is given out', async () => {
  expect((await fetch(`${world.sandbox}/assets/control.ts`)).status).toBe(404)
  expect((await fetch(`${world.sandbox}/assets/bridge-wechat.js`)).status).toBe(404)
})
