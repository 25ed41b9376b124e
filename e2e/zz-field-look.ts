import { launchBrowser } from './journeys/browser'
import { Phone } from './journeys/phone'
import { startStack } from './stack'

async function main(): Promise<void> {
  const stack = await startStack()
  const ask = (cookie: { value: string }) => async (method: string, path: string, input?: object) => {
    const answer = await fetch(`${stack.portal}/api/${path}`, {
      method,
      headers: {
        'x-yihu-console': '1',
        ...(cookie.value === '' ? {} : { cookie: cookie.value }),
        ...(input ? { 'content-type': 'application/json' } : {}),
      },
      ...(input ? { body: JSON.stringify(input) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
    const given = answer.headers.getSetCookie().map((l) => l.split(';')[0])
    if (given.length) cookie.value = given.join('; ')
    return JSON.parse(text)
  }
  let n = 0
  const cid = () => `look-client-id-${String(++n).padStart(6, '0')}`
  try {
    const as = async (login: string) => {
      const person = stack.staff.get(login)
      const call = ask({ value: '' })
      await call('POST', 'staff.signIn', { loginName: login, password: person?.password })
      return call
    }
    const agent = await as('wangxiao')
    const lead = await as('liqiang')
    const sun = await as('sun')
    const cat = await agent('GET', 'catalogue.read?companyId=heating')
    const make = async (typeId: string, answers: object) => {
      const { request } = await agent('POST', 'desk.create', {
        clientId: cid(), companyId: 'heating', typeId, catalogueVersion: cat.version, accountNo: '002100007002',
        words: '客厅只有十五度，暖气片上面热下面凉，家里有老人', answers, contactName: '张玉', contactPhone: '13812340913', callerKind: 'phone',
      })
      await agent('POST', 'desk.move', { clientId: cid(), requestId: request.id, version: request.version, move: 'accept' })
      const got = await lead('GET', `desk.get?requestId=${request.id}`)
      const teams = await lead('GET', 'teams.list')
      const team = teams.teams.find((t: { name: string }) => t.name === '维修班')
      return { id: request.id as string, version: got.request.version as number, team: team.id as string }
    }
    const first = await make('not-hot', { part: ['全部不热'] })
    const second = await make('temperature-visit', {})
    const me = (await sun('GET', 'staff.me')).me; console.log(JSON.stringify(me).slice(0,200))
    await lead('POST', 'dispatch.assign', { clientId: cid(), requestId: first.id, version: first.version, teamId: first.team, staffId: me.id })
    await lead('POST', 'dispatch.assign', { clientId: cid(), requestId: second.id, version: second.version, teamId: second.team, staffId: null })
    const { code } = await sun('POST', 'staff.makeBindCode', { clientId: cid(), staffId: me.id })
    const browser = await launchBrowser()
    const dark = process.argv.includes('dark')
    const phone = await Phone.open(browser, stack, { name: dark ? 'field-dark' : 'field', wallet: 'wechat', person: '孙工', context: { geolocation: { latitude: 39.03, longitude: 121.77 }, permissions: ['geolocation'], colorScheme: dark ? 'dark' : 'light' } })
    phone.page.on('console', (m) => { if (m.type() === 'error') console.log('console:', m.text()) })
    phone.page.on('pageerror', (e) => console.log('pageerror', e.message))
    const step = async (name: string, run: () => Promise<unknown>) => {
      try { await run(); await phone.shot(name) } catch (e) { console.log('FAILED', name, (e as Error).message.slice(0, 400)); await phone.shot(`failed-${name}`) }
    }
    await phone.tap('read-privacy')
    await phone.tap('agree-privacy')
    await phone.el('bind-first').waitFor()
    await phone.goTo('field/today/index')
    await step('unbound', () => phone.el('to-bind').waitFor())
    await phone.tap('to-bind')
    await step('bind', async () => { await phone.type('bind-code', code) })
    await step('offer', async () => { await phone.tap('bind-staff'); await phone.el('offer').waitFor() })
    await step('offer-pass', async () => { await phone.tapText('转给同事'); await phone.el('reason-save').waitFor() })
    await phone.frame.locator('.sheet-veil').last().click({ position: { x: 10, y: 10 } })
    await step('today', async () => { await phone.tap('take-offer'); await phone.el('offer').waitFor({ state: 'detached' }) })
    await step('order', async () => { await phone.tap(`order-${first.id}`); await phone.el('set-out').waitFor() })
    await step('consent', async () => { await phone.tap('set-out'); await phone.el('agree-location').waitFor() })
    await step('on-the-way', async () => { await phone.tap('agree-location'); await phone.el('arrive').waitFor(); await phone.el('sharing').waitFor() })
    await step('on-site', async () => { await phone.tap('arrive'); await phone.el('resolve').waitFor() })
    await step('reading', async () => { await phone.tap('record-reading'); await phone.type('reading-value', '18.5') })
    await step('recorded', async () => { await phone.tap('reading-save'); await phone.tap('check-0'); await phone.sees('客厅 18.5℃') })
    await step('part', async () => { await phone.tap('record-part'); await phone.type('part-name', 'DN20球阀'); await phone.type('part-price', '35.5'); await phone.tap('part-save') })
    await step('charge', async () => { await phone.tap('record-charge'); await phone.type('charge-what', '更换球阀') })
    await step('charged', async () => { await phone.tap('charge-save'); await phone.sees('更换球阀') })
    await step('sign', async () => {
      await phone.tap('record-sign')
      const pad = phone.el('ink'); await pad.waitFor()
      const box = await pad.boundingBox(); if (!box) throw new Error('no box')
      await phone.page.mouse.move(box.x + 40, box.y + 60); await phone.page.mouse.down()
      for (let i = 0; i < 20; i++) await phone.page.mouse.move(box.x + 40 + i * 10, box.y + 60 + Math.sin(i) * 30)
      await phone.page.mouse.up()
    })
    await step('signed', async () => { await phone.tap('sign-save'); await phone.sees('已签字') })
    await step('resolve', async () => { await phone.tap('resolve'); await phone.el('resolve-save').waitFor() })
    console.log('axe', JSON.stringify(await phone.axe()).slice(0, 2000))
    await step('hold', async () => { await phone.frame.locator('.sheet-veil').last().click({ position: { x: 10, y: 10 } }); await phone.tap('hold'); await phone.el('hold-save').waitFor() })
    await step('help', async () => { await phone.frame.locator('.sheet-veil').last().click({ position: { x: 10, y: 10 } }); await phone.tap('ask-help'); await phone.type('help-words', '阀门锈死').catch(async () => phone.el('help-words').locator('textarea').fill('阀门锈死')); await phone.tap('help-send'); await phone.sees('阀门锈死') })
    await phone.frame.locator('.sheet-veil').last().click({ position: { x: 10, y: 10 } })
    await step('offline', async () => { await phone.page.context().setOffline(true); await phone.tap('check-1'); await phone.sees('离线') })
    await step('online', async () => { await phone.page.context().setOffline(false); await phone.tap('field-banner'); await phone.el('field-banner').waitFor({ state: 'detached' }) })
    const got = await lead('GET', `desk.get?requestId=${first.id}`)
    console.log(got.request.state, got.request.steps.map((s: { kind: string; title: string; files: unknown[] }) => `${s.kind}|${s.title}|${s.files.length}`).join('\n'))
    await browser.close()
  } finally {
    console.log(stack.lastWords().split('\n').filter((l) => /"level":(50|60)|error/i.test(l)).slice(-5).join('\n').slice(0, 1500))
    await stack.close()
  }
}
void main().catch((e) => { console.error(e); process.exit(1) })
