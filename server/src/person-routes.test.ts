import { features } from './features'
import { CANNED_PATH } from './features/chat/list-canned'
import { openChat } from './features/chat/open-chat'
import { saveCanned } from './features/chat/save-canned'
import { sendMessage } from './features/chat/send-message'
import { presentFile } from './features/files'
import { findFile } from './features/files/store'
import { saveArticle } from './features/knowledge/save-article'
import { AUTHOR, draftOf } from './features/knowledge/test-articles'
import { RequestDesk } from './features/requests/test-request-desk'
import type { Ctx } from './platforms/context'
import { buildAtWork, buildSignedIn, send } from './testing/at-work'
import { buildReading } from './testing/build-reading'
import { printUrl } from './features/codes/print-link'
import { buildCodes } from './testing/build-codes'
import { eachEngine } from './testing/harness'

/**
 * Routes of raw bytes for somebody signed in stand outside the permission table: the edge asks only who it is. Each
 * says here what keeps the others out, and the test below tries it; a new route fails until it is here.
 */
const GUARDS: Readonly<Record<string, string>> = {
  'files.upload': 'the file is one’s own (ownFile)',
  'files.mine': 'the file is one’s own (ownFile), and the address was signed for this person',
  'requests.attachment':
    'one’s own request, or desk.get and scope (viewersOfAttachment), and a signed address',
  'readings.photo':
    'one’s own reading or household (ownReading), or readingDesk.get and scope, and a signed address',
  'knowledge.articleFile': 'knowledge.get and scope of companies, and a signed address',
  'desk.export-file': 'staffDoor.may desk.export, and the token is of this person’s own export',
  'codeDesk.file':
    'staffDoor.may codeDesk.takeFile, scope of the order, and an address that is signed for this person',
  'desk.live': 'mayFollow: desk.list or notices; what the stream tells is in their scope (live.test.ts)',
  'chat.poll': 'the conversations it names are one’s own, or chatDesk.messages and scope (mayRead)',
  'chat.file': 'a message that one may see holds it (readChatFile), and a signed address',
  'chat.cannedFile': 'staffDoor.may chatDesk.canned and scope of companies, and a signed address',
}
const routes = features.flatMap(({ rawRoutes }) => rawRoutes ?? []).filter(({ kind }) => kind === 'person')

test('every raw route for somebody signed in says what guards it', () => {
  expect(routes.map(({ name }) => name).sort()).toEqual(Object.keys(GUARDS).sort())
})

/** What a browser sends, and the context that signs addresses for this person. */
interface Someone {
  readonly headers: Readonly<Record<string, string>>
  readonly ctx: Ctx
}

eachEngine((engine) => {
  let desk: RequestDesk
  const people: Record<string, Someone> = {}
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
    const { app } = desk
    const atWork = async (
      ...how: Parameters<typeof buildAtWork> extends [unknown, ...infer R] ? R : never
    ) => {
      const { id, headers } = await buildAtWork(app, ...how)
      return { headers, ctx: app.asStaff(id, { roles: [...how[0]] }) }
    }
    const resident = async (): Promise<Someone> => {
      const { id, headers } = await buildSignedIn(app)
      return { headers, ctx: app.asResident(id) }
    }
    people['dispatcher'] = await atWork(['dispatcher'], { companies: ['heating'] })
    people['agent'] = await atWork(['agent'], { companies: ['heating'] })
    people['agent of gas'] = await atWork(['agent'], { companies: ['gas'] })
    people['dispatcher of gas'] = await atWork(['dispatcher'], { companies: ['gas'] })
    people['auditor'] = await atWork(['auditor'])
    people['security-admin'] = await atWork(['security-admin'])
    people['publisher'] = await atWork(['publisher'])
    people['owner'] = await resident()
    people['other resident'] = await resident()
  })
  afterAll(() => desk.close())

  const someone = (name: string): Someone => {
    const found = people[name]
    if (!found) throw new Error(`nobody is called ${name}`)
    return found
  }
  const ownerId = (): string => someone('owner').ctx.resident?.id ?? ''
  const addressFor = async (who: Someone, fileId: string, path: string): Promise<string> => {
    const file = await findFile(who.ctx.db.reader, fileId)
    if (!file) throw new Error('no such file')
    return presentFile(who.ctx, file, { path }).url
  }
  const photoOfRequest = async (): Promise<(who: Someone) => Promise<string>> => {
    const fileId = await desk.storedFile(ownerId(), 'a radiator')
    const request = await desk.make({
      residentId: ownerId(),
      by: { kind: 'resident', id: ownerId(), name: null, roles: [] },
      fileIds: [fileId],
    })
    return (who) => addressFor(who, fileId, `/attachments/requests/${request.id}`)
  }

  /** Makes one thing that the route gives, and answers the address at which this person would ask for it. */
  const things: Readonly<Record<string, () => Promise<(who: Someone) => Promise<string>>>> = {
    'files.upload': async () => {
      const begin = { name: 'files.begin', method: 'POST' }
      const input = { clientId: `begin-${desk.app.ctx().ids.next()}`, kind: 'image', bytes: 3 }
      const answer = await send(desk.app, begin, someone('owner').headers, input)
      const { fileId } = (await answer.json()) as { fileId: string }
      return async () => `/upload/${fileId}?offset=0`
    },
    'files.mine': async () => {
      const fileId = await desk.storedFile(ownerId(), 'not sent yet')
      return (who) => addressFor(who, fileId, '/files/mine')
    },
    'requests.attachment': photoOfRequest,
    'readings.photo': async () => {
      const { id: householdId } = await desk.household([ownerId()])
      const fileId = await desk.storedFile(ownerId(), 'a counter')
      const of = { companyId: 'heating', householdId, residentId: ownerId(), fileId }
      const readingId = await buildReading(desk.app, of)
      return (who) => addressFor(who, fileId, `/attachments/readings/${readingId}`)
    },
    'desk.export-file': async () => {
      const begin = { name: 'desk.export', method: 'POST' }
      const input = {
        clientId: `export-${desk.app.ctx().ids.next()}`,
        query: 'states=open',
        columns: ['number'],
      }
      const answer = await send(desk.app, begin, someone('dispatcher').headers, input)
      const { url } = (await answer.json()) as { url: string }
      return async () => url
    },
    'codeDesk.file': async () => {
      const { orderId } = await buildCodes(desk.app, { companyId: 'heating', areaPath: '' })
      return async ({ ctx }) => {
        const staffId = ctx.staff?.id ?? ''
        return printUrl(ctx, { orderId, fileNo: 1, staffId, untilMs: ctx.clock.now() + 60_000 })
      }
    },
    'knowledge.articleFile': async () => {
      const author = desk.app.asStaff(AUTHOR, { companies: ['heating'] })
      const fileId = await desk.storedFile(AUTHOR, 'where the valve is', 'staff')
      const { article } = await saveArticle(author, draftOf(desk.app, { fileIds: [fileId] }))
      return (who) => addressFor(who, fileId, `/attachments/articles/${article.id}`)
    },
    'desk.live': async () => async () => '/console/live',
    'chat.poll': async () => {
      const { id } = await openChat(someone('owner').ctx, { companyId: 'heating' })
      return async () => `/chat/poll?wait=0&watch=${id}:0:0`
    },
    'chat.file': async () => {
      const { ctx } = someone('owner')
      const fileId = await desk.storedFile(ownerId(), 'a valve that leaks')
      const { id } = await openChat(ctx, { companyId: 'heating' })
      const content = { kind: 'image', fileId } as const
      await sendMessage(ctx, { conversationId: id, clientId: `picture-${ctx.ids.next()}`, content })
      return (who) => addressFor(who, fileId, `/attachments/chats/${id}`)
    },
    'chat.cannedFile': async () => {
      const { ctx } = someone('agent')
      const fileId = await desk.storedFile(ctx.staff?.id ?? '', 'how to pay', 'staff')
      const words = { shortcut: 'jf', title: '怎么缴费', text: '请看图', fileId }
      await saveCanned(ctx, { cannedId: null, companyId: 'heating', ...words })
      return (who) => addressFor(who, fileId, CANNED_PATH)
    },
  }

  const OTHERS = [
    'agent',
    'agent of gas',
    'dispatcher of gas',
    'auditor',
    'security-admin',
    'publisher',
    'other resident',
  ]
  /** Who is let in, everybody else is not. */
  const LET_IN: Readonly<Record<string, readonly string[]>> = {
    'files.upload': ['owner'],
    'files.mine': ['owner'],
    'requests.attachment': ['owner', 'dispatcher', 'agent'],
    'readings.photo': ['owner', 'dispatcher', 'agent'],
    'desk.export-file': ['dispatcher'],
    'codeDesk.file': ['publisher'],
    'desk.live': ['dispatcher', 'dispatcher of gas', 'publisher', 'agent', 'agent of gas'],
    'knowledge.articleFile': ['dispatcher', 'publisher', 'agent'],
    'chat.poll': ['owner', 'agent'],
    'chat.file': ['owner', 'agent'],
    'chat.cannedFile': ['agent'],
  }

  test.each(routes.map((route) => [route.name, route] as const))(
    '%s: lets in whose it is, and nobody else who is signed in',
    async (name, { method }) => {
      const addressOf = await things[name]?.()
      if (!addressOf) throw new Error(`make a thing for ${name}`)
      const ask = async (who: Someone | null, path: string): Promise<number> => {
        const left = new AbortController()
        const headers = {
          ...who?.headers,
          ...(method === 'POST' ? { 'content-type': 'application/octet-stream' } : {}),
        }
        const body = method === 'POST' ? 'abc' : null
        const answer = await fetch(`${desk.app.url}${path}`, { method, headers, body, signal: left.signal })
        left.abort()
        return answer.status
      }
      const letIn = LET_IN[name] ?? []
      for (const who of [...OTHERS, 'owner', 'dispatcher'].filter((one) => !letIn.includes(one)))
        expect(`${who} ${await ask(someone(who), await addressOf(someone(who)))}`).toMatch(
          / (401|403|404|410)$/,
        )
      const first = someone(letIn[0] ?? '')
      expect(await ask(null, await addressOf(first))).toBe(401)
      for (const who of letIn)
        expect(`${who} ${await ask(someone(who), await addressOf(someone(who)))}`).toBe(`${who} 200`)
    },
  )
})
