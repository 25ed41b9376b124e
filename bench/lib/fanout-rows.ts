import type { Pool } from 'mysql2/promise'

/** A city for the fan-out: made in the server from its own sequences. 26 digits are a well-formed id. */

const PER_UNIT = 25
const UNITS_PER_BUILDING = 4
const BUILDINGS_PER_COMMUNITY = 20
const PER_STATION = 5000
const STEP = 100_000

export interface City {
  readonly households: number
  readonly residents: number
  /** Of the knot under which all of them live. */
  readonly rootId: string
  readonly rootPath: string
}

const id = (base: number, number: string): string => `LPAD(${base} + ${number}, 26, '0')`
const DISTRICT = 10_000_000
const COMMUNITY = 20_000_000
const BUILDING = 30_000_000
const UNIT = 40_000_000
const STATION = 50_000_000

/** What a resident's row of identity says, the id sealed. */
export interface WalletIdentity {
  readonly provider: string
  readonly appId: string
  readonly idType: string
  readonly sealed: string
}

/** Two of five households are bound by two people, the others by one. Every other resident has WeChat, the rest Alipay. */
export async function makeCity(
  pool: Pool,
  households: number,
  of: { readonly wechat: WalletIdentity; readonly alipay: WalletIdentity; readonly owner: string },
): Promise<City> {
  const residents = Math.floor(households * 1.4)
  const rootId = String(DISTRICT + 1).padStart(26, '0')
  await makeAreas(pool, households)
  const now = Date.now()
  await inSteps(households, (first, last) =>
    pool.query(
      `INSERT INTO household (id, companyId, accountNo, ownerSealed, phoneTailIndex, factsIndex, community, addressText,
          shortAddress, placeId, supplyId, createdAt, updatedAt)
        SELECT LPAD(seq, 26, '0'), 'heating', LPAD(seq, 10, '0'), ?, NULL, SHA2(seq, 256), '松海园',
          CONCAT('松海园', FLOOR(seq / 100), '号楼', seq % 4, '单元', seq % 1000), CONCAT('松海园 ', FLOOR(seq / 100), '-', seq % 1000),
          ${id(UNIT, `CEIL(seq / ${PER_UNIT})`)}, ${id(STATION, `CEIL(seq / ${PER_STATION})`)}, ${now}, ${now}
        FROM seq_${first}_to_${last}`,
      [of.owner],
    ),
  )
  await inSteps(residents, async (first, last) => {
    await pool.query(`INSERT INTO resident (id, elderMode, createdAt)
      SELECT LPAD(seq, 26, '0'), 0, ${now} FROM seq_${first}_to_${last}`)
    await pool.query(`INSERT INTO binding (id, residentId, householdId, role, isDefault, boundAt, activeSlot)
      SELECT LPAD(seq, 26, '0'), LPAD(seq, 26, '0'), LPAD(IF(seq > ${households}, seq - ${households}, seq), 26, '0'),
        'owner', 1, ${now}, 1 FROM seq_${first}_to_${last}`)
    for (const [wallet, odd] of [
      [of.wechat, 1],
      [of.alipay, 0],
    ] as const)
      await pool.query(
        `INSERT INTO resident_identity (id, residentId, provider, appId, idType, subjectSealed, subjectIndex, unionIndex, linkedAt, lastLoginAt)
          SELECT LPAD(seq, 26, '0'), LPAD(seq, 26, '0'), ?, ?, ?, ?, SHA2(seq, 256), NULL, ${now}, ${now}
          FROM seq_${first}_to_${last} WHERE seq % 2 = ${odd}`,
        [wallet.provider, wallet.appId, wallet.idType, wallet.sealed],
      )
  })
  for (const table of ['area', 'household', 'binding', 'resident', 'resident_identity'])
    await pool.query(`ANALYZE TABLE ${table}`)
  return { households, residents, rootId, rootPath: `${rootId}/` }
}

/** Leaves the residents of one wallet due, and all others until later. */
export async function onlyDue(pool: Pool, wallet: 'wechat' | 'alipay'): Promise<void> {
  await pool.query(
    `UPDATE message SET dueAt = createdAt + IF(RIGHT(residentId, 1) % 2 = ?, 0, 43200000)
      WHERE state = 'due' AND dueAt IS NOT NULL`,
    [wallet === 'wechat' ? 1 : 0],
  )
}

/** Those with the other wallet come over. */
export async function everybodyTo(
  pool: Pool,
  { provider, appId, idType, sealed }: WalletIdentity,
): Promise<void> {
  await pool.query(
    'UPDATE resident_identity SET provider = ?, appId = ?, idType = ?, subjectSealed = ? WHERE provider <> ?',
    [provider, appId, idType, sealed, provider],
  )
}

async function inSteps(
  total: number,
  step: (first: number, last: number) => Promise<unknown>,
): Promise<void> {
  for (let first = 1; first <= total; first += STEP) await step(first, Math.min(total, first + STEP - 1))
}

/** One district with communities, buildings and units, as deep as a city is; stations that feed them. */
async function makeAreas(pool: Pool, households: number): Promise<void> {
  const units = Math.ceil(households / PER_UNIT)
  const buildings = Math.ceil(units / UNITS_PER_BUILDING)
  const communities = Math.ceil(buildings / BUILDINGS_PER_COMMUNITY)
  const community = `CEIL(CEIL(seq / ${UNITS_PER_BUILDING}) / ${BUILDINGS_PER_COMMUNITY})`
  const levels: { kind: string; tree: string; count: number; own: string; ways: string[] }[] = [
    { kind: 'district', tree: 'place', count: 1, own: id(DISTRICT, 'seq'), ways: [] },
    {
      kind: 'community',
      tree: 'place',
      count: communities,
      own: id(COMMUNITY, 'seq'),
      ways: [id(DISTRICT, '1')],
    },
    {
      kind: 'building',
      tree: 'place',
      count: buildings,
      own: id(BUILDING, 'seq'),
      ways: [id(DISTRICT, '1'), id(COMMUNITY, `CEIL(seq / ${BUILDINGS_PER_COMMUNITY})`)],
    },
    {
      kind: 'unit',
      tree: 'place',
      count: units,
      own: id(UNIT, 'seq'),
      ways: [id(DISTRICT, '1'), id(COMMUNITY, community), id(BUILDING, `CEIL(seq / ${UNITS_PER_BUILDING})`)],
    },
    {
      kind: 'heat-station',
      tree: 'supply',
      count: Math.ceil(households / PER_STATION),
      own: id(STATION, 'seq'),
      ways: [],
    },
  ]
  for (const { kind, tree, count, own, ways } of levels) {
    const path = [...ways, own].map((way) => `${way}, '/'`).join(', ')
    await pool.query(`INSERT INTO area (id, companyId, tree, kind, name, fullName, parentId, path, contactSealed, createdAt)
      SELECT ${own}, 'heating', '${tree}', '${kind}', CONCAT('${kind}', seq), CONCAT('${kind}/', seq),
        ${ways.at(-1) ?? 'NULL'}, CONCAT(${path}), NULL, 0 FROM seq_1_to_${count}`)
  }
}
