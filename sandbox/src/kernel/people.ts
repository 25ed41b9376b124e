import { createHash } from 'node:crypto'
import type { Store } from './store'

/** Someone who can hold the phones. */
export interface Person {
  id: string
  name: string
  /** The number the platforms have verified, or null. */
  phone: string | null
  unionid: string | null
  /** WeChat openid by appid; filled on first use. */
  openids: Record<string, string>
  /** 2088 and twelve more digits. */
  alipayUserId: string
  /** Alipay open_id by app id; filled on first use. */
  alipayOpenIds: Record<string, string>
  /** A visitor of WeChat's snapshot page: everything the platform says about them is made up. */
  snapshot?: boolean
}

/** The people the platforms know, and the look-ups by each platform's own identifiers. */
export interface People {
  list(): Person[]
  get(id: string): Person | undefined
  put(person: Person): void
  /** This person's openid at that appid; stable for ever, also over a reset of the sandbox. */
  openid(personId: string, appid: string): string
  alipayOpenId(personId: string, appId: string): string
  byOpenid(appid: string, openid: string): Person | undefined
  byAlipayUserId(userId: string): Person | undefined
  byAlipayOpenId(appId: string, openId: string): Person | undefined
}

/** Who holds the worker's phone until somebody else is chosen. */
export const FIELD_WORKER = 'sunshifu'

/** The five people of the demo; `people` in the configuration replaces them. */
export const DEFAULT_PEOPLE: Person[] = [
  {
    id: 'zhangyu',
    name: '张玉',
    phone: '13800138001',
    unionid: 'ocMvos6NjeKLIBqg5Mr9QjxrP1FA',
    openids: {},
    alipayUserId: '2088102177846001',
    alipayOpenIds: {},
  },
  {
    id: 'liguilan',
    name: '李桂兰',
    phone: '13900139002',
    unionid: 'ocMvos7LiGuiLanElder0002xT3k',
    openids: {},
    alipayUserId: '2088102177846002',
    alipayOpenIds: {},
  },
  {
    id: 'wangxiaoming',
    name: '王小明',
    phone: null,
    unionid: null,
    openids: {},
    alipayUserId: '2088102177846003',
    alipayOpenIds: {},
  },
  {
    id: 'visitor',
    name: '访客',
    phone: null,
    unionid: null,
    openids: {},
    alipayUserId: '2088102177846004',
    alipayOpenIds: {},
    snapshot: true,
  },
  {
    id: FIELD_WORKER,
    name: '孙师傅',
    phone: '13700137005',
    unionid: 'ocMvos8SunShiFuWorker0005yQ',
    openids: {},
    alipayUserId: '2088102177846005',
    alipayOpenIds: {},
  },
]

function derived(kind: string, personId: string, appid: string, length: number): string {
  return createHash('sha256').update(`${kind}|${personId}|${appid}`).digest('base64url').slice(0, length)
}

/** People kept in the store; `initial` is written the first time and when the configuration names its own. */
export function createPeople(store: Store, initial: Person[]): People {
  const table = store.table<Person>('people')
  for (const person of initial) if (!table.get(person.id)) table.put(person.id, person)
  const known = (id: string): Person => {
    const person = table.get(id)
    if (!person) throw new Error(`no such person: ${id}`)
    return person
  }
  const openid = (personId: string, appid: string): string => {
    const person = known(personId)
    const existing = person.openids[appid]
    if (existing) return existing
    const fresh = `o${derived('wechat', personId, appid, 27)}`
    table.put(personId, { ...person, openids: { ...person.openids, [appid]: fresh } })
    return fresh
  }
  const alipayOpenId = (personId: string, appId: string): string => {
    const person = known(personId)
    const existing = person.alipayOpenIds[appId]
    if (existing) return existing
    const fresh = derived('alipay', personId, appId, 40)
    table.put(personId, { ...person, alipayOpenIds: { ...person.alipayOpenIds, [appId]: fresh } })
    return fresh
  }
  // Openids never change, so all are noted when one is not: a fan-out asks for very many people.
  const byOpenid = new Map<string, string>()
  const noted = new Map<string, number>()
  const findByOpenid = (appid: string, wanted: string): Person | undefined => {
    const key = `${appid}|${wanted}`
    if (!byOpenid.has(key)) {
      const people = table.all()
      if (people.length === noted.get(appid)) return undefined
      for (const { id } of people) byOpenid.set(`${appid}|${openid(id, appid)}`, id)
      noted.set(appid, people.length)
    }
    const personId = byOpenid.get(key)
    return personId === undefined ? undefined : table.get(personId)
  }
  return {
    list: () => table.all(),
    get: (id) => table.get(id),
    put: (person) => table.put(person.id, person),
    openid,
    alipayOpenId,
    byOpenid: findByOpenid,
    byAlipayUserId: (userId) => table.find((person) => person.alipayUserId === userId),
    byAlipayOpenId: (appId, wanted) => table.find((person) => alipayOpenId(person.id, appId) === wanted),
  }
}
