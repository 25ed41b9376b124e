import { expectNone, expectThat, type Report } from '../report'
import type { Stack } from '../stack'
import type { Bundle } from './bundle'
import { ChatWorld, idsOn, textsOf } from './chat-world'
import { agree, bind, HOMES } from './drive'
import { cards, idle, leaveWords, older, otherWindow, transcript, typing, voice } from './drive-chat-more'
import { driveInTurn } from './drive-in-turn'

/** A resident asks the knowledge base, then a person, over a network that breaks in each of its ways. */
export async function driveChat(
  report: Report,
  stack: Stack,
  bundle: Bundle,
  rejections: readonly string[],
): Promise<void> {
  const world = new ChatWorld(stack, bundle)
  await driveInTurn(report, bundle.platform, {
    steps: [
      ['a resident with a bill settles in', () => settle(world)],
      ['the knowledge base answers with what is mine, and an answer opens in its place', () => ask(world)],
      ['the card leads to the cashier, and says afterwards that all is paid', () => pay(world)],
      ['a danger is answered in big type with a number to call', () => danger(world)],
      ['nobody is there: so it says, with the hours', () => nobody(world)],
      ['words that are left become a request, and one may ask again', () => leaveWords(world)],
      ['a person answers, and both see each word once', () => toPerson(world)],
      ['who writes is shown while they do', () => typing(world)],
      ['a picture arrives', () => picture(world)],
      ['a voice note is recorded, arrives and can be heard', () => voice(world)],
      ['cards of a bill, a request and a notice lead to their pages', () => cards(world)],
      ['a message is taken back within two minutes', () => recall(world)],
      ['a message whose answer was lost is one message', () => lostAnswer(world)],
      ['what was written without a network goes once when it is back', () => offline(world)],
      ['an app that was closed sends what waited', () => closedApp(world)],
      ['where sockets are blocked the same comes by polling', () => blocked(world)],
      ['what came before is read further up', () => older(world)],
      ['the whole talk can be kept', () => transcript(world)],
      ['WeChat’s own window is offered in WeChat alone', () => otherWindow(world)],
      ['who says nothing for long is warned before it ends', () => idle(world)],
      ['after the end the resident says how it was', () => rate(world)],
      ['the help page finds an answer while one types', () => help(world)],
    ],
    end: ['no fault on the way of a chat', () => end(world, rejections)],
  })
}

async function settle(world: ChatWorld): Promise<void> {
  const { stack, bundle, home } = world
  Object.assign(world.wallet, { personId: await stack.newPerson(`${bundle.platform}问`) })
  world.open()
  await agree(world.app, world.finger, world.wallet)
  const { company, phone } = HOMES[bundle.platform]
  await bind(world.finger, { ...home, company, phone } as (typeof HOMES)[typeof bundle.platform])
}

async function openChat({ finger }: ChatWorld): Promise<void> {
  await finger.tapText('在线客服')
  await finger.onPage('chat/talk/index')
  await finger.seesId('to-person')
}

async function ask(world: ChatWorld): Promise<void> {
  const { app, finger } = world
  await openChat(world)
  await finger.sees('大家常问')
  await world.say('我家欠多少钱')
  await finger.sees('待缴')
  await finger.sees('去缴费')
  const answer = /answer-(\w+)/.exec(JSON.stringify(idsOn(app)))?.[0]
  expectThat(answer !== undefined, 'there is no answer to open')
  await finger.tap(answer ?? '')
  await finger.seesId('article-vote')
  await finger.tap('helpful')
  await finger.until(() => world.wallet.asked.includes('knowledge.rate'), 'the vote')
  await finger.tap('close-article')
}

async function pay(world: ChatWorld): Promise<void> {
  const { app, finger } = world
  await finger.tapText('去缴费')
  await finger.onPage('pages/cashier/index')
  await finger.tap('pay-now')
  await finger.onPage('pages/result/index')
  await finger.sees('缴费成功')
  app.back()
  if (app.route === 'pages/cashier/index') app.back()
  await finger.onPage('chat/talk/index')
  await finger.until(() => /没有欠费|已缴清/.test(app.text()), 'the card that says it is paid')
}

async function danger(world: ChatWorld): Promise<void> {
  const { app, finger, talk } = world
  await world.say(talk.danger)
  await finger.seesId('danger')
  const before = app.calls.filter(({ name }) => name === 'makePhoneCall').length
  await finger.tap('danger-call')
  const calls = app.calls.filter(({ name }) => name === 'makePhoneCall').length
  expectThat(calls === before + 1, 'nobody was called')
  await finger.tap('danger-report')
  await finger.onPage('requests/form/index')
  await finger.until(() => app.text() !== '' && !app.isLoading(), 'the form')
  app.back()
  await finger.onPage('chat/talk/index')
}

async function call({ app, finger }: ChatWorld): Promise<void> {
  await finger.tap('to-person')
  await finger.seesId('any-topic')
  await finger.tap('any-topic')
  await finger.until(() => app.byId('any-topic') === null, 'the sheet to go')
}

async function nobody(world: ChatWorld): Promise<void> {
  const { finger } = world
  await call(world)
  await finger.sees('现在没有客服在线')
  await finger.sees('服务时间')
  await finger.seesId('leave-words')
}

async function toPerson(world: ChatWorld): Promise<void> {
  const { finger, agent, talk } = world
  await agent.signIn()
  await agent.ask('POST', 'seats.set', { clientId: world.clientId(), state: 'open' })
  await call(world)
  await finger.sees(`客服${talk.name}为您服务`)
  await world.agentSays('您好，我看到您刚缴了费，还有什么可以帮您？')
  await finger.sees('还有什么可以帮您')
  await world.say('想问下发票')
  await world.deskUntil((all) => textsOf(all, '想问下发票') === 1, 'question')
  await finger.sees('已送达')
}

async function picture(world: ChatWorld): Promise<void> {
  const { finger, files } = world
  await files.choose(1)
  await finger.tap('chat-more')
  await finger.tap('chat-photo')
  await world.deskUntil((all) => all.some(({ content }) => content.kind === 'image'), 'picture')
  await finger.until(
    () => files.downloaded.some((url) => url.includes('/chats/')),
    'it shown from the server',
  )
}

async function recall(world: ChatWorld): Promise<void> {
  const { app, finger, bundle } = world
  await world.say('打错了')
  await world.deskUntil((all) => textsOf(all, '打错了') === 1, 'message')
  // What was on its way goes a moment before what has arrived stands there.
  await finger.until(() => !app.text().includes('发送中') && app.byText('打错了') !== null, 'it sent')
  const node = app.byText('打错了')
  expectThat(node !== null, 'the message went away')
  if (node) app.fire(node, bundle.platform === 'weapp' ? 'longpress' : 'longtap')
  await finger.tap('recall-message')
  await finger.sees('您撤回了一条消息')
  await world.deskUntil((all) => textsOf(all, '打错了') === 0, 'message less')
}

async function lostAnswer(world: ChatWorld): Promise<void> {
  const { app, finger } = world
  world.answersToLose = 1
  await world.say('答复丢了的一句')
  await world.deskUntil((all) => textsOf(all, '答复丢了的一句') === 1, 'message')
  const isSettled = (): boolean => {
    const text = app.text()
    return !/发送中|没发出去/.test(text) && text.split('答复丢了的一句').length === 2
  }
  await finger.until(() => world.answersToLose === 0 && isSettled(), 'it standing there once')
}

async function offline(world: ChatWorld): Promise<void> {
  const { app, finger } = world
  world.goOffline()
  await world.say('没网时写的')
  await finger.sees('没发出去')
  world.goOnline()
  const all = await world.deskUntil((seen) => textsOf(seen, '没网时写的') > 0, 'message')
  await finger.until(() => !app.text().includes('没发出去'), 'the mark to go')
  expectThat(textsOf(all, '没网时写的') === 1, 'it was sent more than once')
  await world.agentSays('断网期间收到了')
  await finger.sees('断网期间收到了')
}

async function closedApp(world: ChatWorld): Promise<void> {
  world.goOffline()
  await world.say('关掉之前写的')
  await world.finger.sees('没发出去')
  world.open()
  world.goOnline()
  world.app.launch()
  await openChatAgain(world)
  await world.deskUntil((seen) => textsOf(seen, '关掉之前写的') === 1, 'message')
  await world.finger.until(() => !/发送中|没发出去/.test(world.app.text()), 'the mark to go')
}

async function openChatAgain({ finger }: ChatWorld): Promise<void> {
  await finger.tapText('在线客服')
  await finger.onPage('chat/talk/index')
  await finger.seesId('chat-words')
}

async function blocked(world: ChatWorld): Promise<void> {
  const { finger, sockets, wallet } = world
  sockets.blocked = true
  sockets.cut()
  sockets.mend()
  await finger.until(() => wallet.asked.includes('/chat/poll'), 'polling')
  await world.agentSays('这句走轮询')
  await finger.sees('这句走轮询')
  await world.say('轮询也能发')
  await world.deskUntil((all) => textsOf(all, '轮询也能发') === 1, 'message')
  sockets.blocked = false
}

async function rate(world: ChatWorld): Promise<void> {
  const { finger, agent, conversationId } = world
  await agent.ask('POST', 'chatDesk.close', { clientId: world.clientId(), conversationId, reason: 'solved' })
  await finger.seesId('rate-chat')
  await finger.tap('star-2')
  await finger.choose('等得久')
  await finger.tap('submit-chat-rating')
  await finger.seesId('given-rating')
  const { conversation } = (await agent.ask('GET', `chatDesk.get?conversationId=${conversationId}`)) as {
    conversation: { stars: number | null }
  }
  expectThat(conversation.stars === 2, `the desk has ${conversation.stars} stars`)
}

async function help(world: ChatWorld): Promise<void> {
  const { app, finger } = world
  app.open('chat/help/index')
  await finger.type('help-search', '发票')
  await finger.seesId('help-found')
  const hit = /hit-(\w+)/.exec(JSON.stringify(idsOn(app)))?.[0]
  await finger.tap(hit ?? '')
  await finger.onPage('chat/article/index')
  await finger.seesId('article-title')
}

/** Whatever went wrong on the way, the other wallet finds nobody at the desk. */
async function end(world: ChatWorld, rejections: readonly string[]): Promise<void> {
  await world.agent.signIn()
  await world.agent.ask('POST', 'seats.set', { clientId: world.clientId(), state: 'off' })
  expectNone('faults', [...world.faults(), ...rejections])
  expectThat(world.sockets.opened > 0, 'no socket was opened')
}
