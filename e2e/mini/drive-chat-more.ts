import { expectThat } from '../report'
import { Publisher } from '../publisher'
import type { ChatWorld } from './chat-world'

const LEFT = '留个言，请帮我看看账单'
/** More than one page holds. */
const MANY = 34

/** They become a request with a number, and the talk is over; the next one begins where this page is. */
export async function leaveWords(world: ChatWorld): Promise<void> {
  const { app, finger } = world
  await finger.tap('leave-words')
  await finger.type('left-words', LEFT)
  await finger.tap('send-left-words')
  await finger.sees('已为您登记，单号')
  await finger.tap('chat-request')
  await finger.onPage('requests/detail/index')
  await finger.sees(LEFT)
  app.back()
  await finger.onPage('chat/talk/index')
  const before = world.conversationId
  await finger.tap('chat-again')
  await finger.until(() => world.conversationId !== before, 'another conversation')
  await finger.seesId('to-person')
}

/** The agent sees that somebody writes by their own page; here it is the resident who sees it. */
export async function typing(world: ChatWorld): Promise<void> {
  const { agent, conversationId, finger, talk } = world
  await agent.ask('POST', 'chatDesk.typing', { conversationId })
  await finger.sees(`${talk.name}正在输入…`)
  await world.agentSays('我看一下')
  await finger.sees('我看一下')
  await finger.until(() => !world.app.text().includes('正在输入'), 'the sign to go')
}

export async function voice(world: ChatWorld): Promise<void> {
  const { app, agent, finger, sound, files } = world
  if (!app.byId('add-voice')) await finger.tap('chat-more')
  await finger.tap('add-voice')
  await finger.sees('说完了')
  await finger.tap('add-voice')
  const all = await world.deskUntil(
    (seen) => seen.some(({ content }) => content.kind === 'voice'),
    'voice note',
  )
  const { file } = all.findLast(({ content }) => content.kind === 'voice')?.content ?? {}
  expectThat(Math.round((file?.durationMs ?? 0) / 1000) === 2, `it lasts ${file?.durationMs} ms`)
  const heard = await agent.download(file?.url ?? '')
  expectThat(heard.byteLength > 30_000, `the desk gets ${heard.byteLength} bytes of two seconds`)
  await finger.until(() => !/发送中/.test(app.text()), 'it sent')
  const before = files.downloaded.length
  await finger.tapText('语音 2 秒')
  await finger.until(() => sound.played.length === 1, 'it played')
  expectThat(files.downloaded.length === before + 1, 'it was not fetched to be heard')
}

/** What the agent has beside the conversation is what can be sent. */
export async function cards(world: ChatWorld): Promise<void> {
  const { app, agent, finger, conversationId, home, stack } = world
  const publisher = await Publisher.signedIn(stack)
  const noticeId = await publisher.publish({
    companyId: home.companyId,
    kind: 'general',
    title: '服务窗口元旦不休息',
    words: '元旦三天照常办理。',
    reasonWords: '节日安排',
    startsInHours: 1,
    endsInHours: 72,
    places: [],
    accountNos: [home.accountNo],
  })
  const { households } = (await agent.ask('GET', `chatDesk.context?conversationId=${conversationId}`)) as {
    households: { bills: { billId: string }[]; history: { id: string }[] }[]
  }
  const [one] = households
  for (const [type, id, page] of [
    ['bill', one?.bills[0]?.billId, 'pages/bill/index'],
    ['request', one?.history[0]?.id, 'requests/detail/index'],
    ['notice', noticeId, 'notices/detail/index'],
  ] as const) {
    expectThat(id !== undefined, `there is no ${type} beside the conversation`)
    await world.agentSends({ kind: 'card', type, id })
    await finger.tap(`open-${type}-${id}`)
    await finger.onPage(page)
    await finger.until(() => app.text() !== '' && !app.isLoading(), `the page of a ${type}`)
    app.back()
    await finger.onPage('chat/talk/index')
  }
}

/** The page begins with the newest; whoever goes up gets what came before, each once. */
export async function older(world: ChatWorld): Promise<void> {
  for (let count = 1; count <= MANY; count++) await world.agentSays(`第${count}句。`)
  await world.finger.sees(`第${MANY}句。`)
  world.forgetTalks()
  const { app, finger } = world
  await finger.tapText('在线客服')
  await finger.onPage('chat/talk/index')
  await finger.sees(`第${MANY}句。`)
  await finger.until(() => app.byText('第1句。') === null, 'a page of the newest alone')
  await finger.tap('older')
  await finger.sees('第1句。')
  const text = app.text()
  for (let count = 1; count <= MANY; count++)
    expectThat(
      text.split(`第${count}句。`).length === 2,
      `${count} stands there ${text.split(`第${count}句。`).length - 1} times`,
    )
}

export async function transcript(world: ChatWorld): Promise<void> {
  const { app, finger } = world
  await finger.tap('chat-menu')
  await finger.tap('copy-transcript')
  const copied = (): string =>
    JSON.stringify(app.calls.filter(({ name }) => name.startsWith('setClipboard')).at(-1)?.option ?? '')
  await finger.until(() => copied().includes('客服会话记录'), 'the talk on the clipboard')
  for (const words of ['想问下发票', '您好，我看到您刚缴了费', `第${MANY}句。`, '[语音]'])
    expectThat(copied().includes(words), `the copy lacks ${words}`)
  await finger.until(() => app.byId('copy-transcript') === null, 'the sheet to go')
}

/** WeChat's own window is one tap away in WeChat, and says whose customer comes; elsewhere there is none. */
export async function otherWindow(world: ChatWorld): Promise<void> {
  const { app, bundle, finger, home } = world
  await finger.tap('chat-menu')
  await finger.seesId('call-company')
  const attributes = ['open-type', 'session-from'].map((name) => app.attribute('wechat-window', name))
  const wanted =
    bundle.platform === 'weapp' ? ['contact', `company=${home.companyId}`] : [undefined, undefined]
  expectThat(JSON.stringify(attributes) === JSON.stringify(wanted), `it has ${attributes.join(', ')}`)
  await finger.tapText('返回')
  await finger.until(() => app.byId('call-company') === null, 'the sheet to go')
}

export async function idle(world: ChatWorld): Promise<void> {
  const { stack, conversationId, finger } = world
  stack.passChatMinutes(conversationId, 16)
  await finger.sees('您有一会儿没说话了')
  await finger.sees('自动结束；还有问题请直接写')
}
