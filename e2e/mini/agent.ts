import type { Stack } from '../stack'

interface Answer {
  readonly [name: string]: unknown
}

/** An agent at the console's API, as the browser there would speak to it. */
export class Agent {
  private cookie = ''
  private acts = 0

  constructor(
    private readonly stack: Stack,
    private readonly loginName: string,
  ) {}

  async signIn(): Promise<void> {
    const person = this.stack.staff.get(this.loginName)
    if (!person) throw new Error(`nobody in the demo is called ${this.loginName}`)
    await this.ask('POST', 'staff.signIn', { loginName: this.loginName, password: person.password })
  }

  /** One move of the transition table, on the request as it is now. */
  async move(requestId: string, move: string, words?: string): Promise<void> {
    const { request } = (await this.ask('GET', `desk.get?requestId=${requestId}`)) as {
      request: { version: number }
    }
    this.acts += 1
    await this.ask('POST', 'desk.move', {
      clientId: `e2e-agent-${this.loginName}-${requestId.slice(-8)}-${this.acts}`,
      requestId,
      version: request.version,
      move,
      ...(words === undefined ? {} : { words }),
    })
  }

  /** Takes a request for somebody on the telephone; gives the token of the link that the caller gets by SMS. */
  async takeCall(call: {
    companyId: string
    typeId: string
    words: string
    addressText: string
  }): Promise<string> {
    this.acts += 1
    const { followUrl } = (await this.ask('POST', 'desk.create', {
      clientId: `e2e-agent-${this.loginName}-call-${Date.now()}-${this.acts}`,
      catalogueVersion: 1,
      answers: {},
      contactPhone: '13900139000',
      callerKind: 'phone',
      ...call,
    })) as { followUrl: string }
    return new URL(followUrl.replace('/#', '')).searchParams.get('token') ?? ''
  }

  /** A file that the console shows by its address alone, as a browser opens it. */
  async download(address: string): Promise<Uint8Array> {
    const answer = await fetch(new URL(address, this.stack.portal), { headers: { cookie: this.cookie } })
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
    return new Uint8Array(await answer.arrayBuffer())
  }

  async ask(method: 'GET' | 'POST', path: string, input?: object): Promise<Answer> {
    const answer = await fetch(`${this.stack.portal}/api/${path}`, {
      method,
      headers: {
        'x-yihu-console': '1',
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(input ? { 'content-type': 'application/json' } : {}),
      },
      ...(input ? { body: JSON.stringify(input) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`)
    const given = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
    if (given.length > 0) this.cookie = given.join('; ')
    return JSON.parse(text) as Answer
  }
}
