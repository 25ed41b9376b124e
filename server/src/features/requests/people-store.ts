import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import {
  followerTable,
  noSurveyTable,
  type RatingRow,
  ratingTable,
  requestLinkTable,
  type SurveyRow,
  surveyTable,
} from './entities'

/** What people do around a request: follow it, rate it, put it beside another, answer weeks later. */

/** False when they follow it already. */
export async function addFollower(
  tx: Tx,
  requestId: string,
  residentId: string,
  now: number,
): Promise<boolean> {
  try {
    await tx.insert(followerTable, { requestId, residentId, since: now })
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
  await tx.execute('UPDATE request SET followers = followers + 1 WHERE id = ?', [requestId])
  return true
}

/** Ends it for every id of the person; false when they did not follow. */
export async function removeFollower(
  tx: Tx,
  requestId: string,
  residentIds: readonly string[],
): Promise<boolean> {
  const gone = await tx.execute(
    `DELETE FROM request_follower WHERE requestId = ? AND residentId IN (${placeholders(residentIds.length)})`,
    [requestId, ...residentIds],
  )
  if (gone === 0) return false
  await tx.execute('UPDATE request SET followers = followers - ? WHERE id = ?', [gone, requestId])
  return true
}

export async function follows(
  reader: Reader,
  requestId: string,
  residentIds: readonly string[],
): Promise<boolean> {
  const rows = await reader.query<{ requestId: string }>(
    `SELECT requestId FROM request_follower WHERE requestId = ? AND residentId IN (${placeholders(residentIds.length)}) LIMIT 1`,
    [requestId, ...residentIds],
  )
  return rows.length > 0
}

/** Who follows it, in the order of their ids, from where the last page ended. */
export async function followersOf(
  reader: Reader,
  requestId: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await reader.query<{ residentId: string }>(
    `SELECT residentId FROM request_follower WHERE requestId = ? AND residentId > ? ORDER BY residentId LIMIT ${limit}`,
    [requestId, after],
  )
  return rows.map((row) => row.residentId)
}

/** False when this round was rated already. */
export async function insertRating(tx: Tx, row: RatingRow): Promise<boolean> {
  try {
    await tx.insert(ratingTable, row)
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

/** The ratings of these requests, the latest round last. */
export async function ratingsOf(
  reader: Reader,
  requestIds: readonly string[],
): Promise<Map<string, RatingRow[]>> {
  const found = new Map<string, RatingRow[]>(requestIds.map((id) => [id, []]))
  if (requestIds.length === 0) return found
  const rows = await reader.query<RatingRow>(
    `SELECT * FROM request_rating WHERE requestId IN (${placeholders(requestIds.length)}) ORDER BY requestId, round`,
    requestIds,
  )
  for (const row of rows) found.get(row.requestId)?.push(row)
  return found
}

/** Writes the answer to the latest rating that has none; false when there is none. */
export async function saveRatingReply(
  tx: Tx,
  requestId: string,
  reply: { readonly words: string; readonly at: number; readonly byId: string; readonly byName: string },
): Promise<boolean> {
  const rows = await tx.query<{ round: number }>(
    'SELECT round FROM request_rating WHERE requestId = ? ORDER BY round DESC LIMIT 1',
    [requestId],
  )
  const round = rows[0]?.round
  if (round === undefined) return false
  const written = await tx.execute(
    `UPDATE request_rating SET replyWords = ?, replyAt = ?, replyById = ?, replyByName = ?
      WHERE requestId = ? AND round = ?`,
    [reply.words, reply.at, reply.byId, reply.byName, requestId, round],
  )
  return written === 1
}

/** Puts two requests beside each other; false when they are already. */
export async function insertLink(
  tx: Tx,
  ids: readonly [string, string],
  by: { readonly at: number; readonly byId: string },
): Promise<boolean> {
  const [requestId, otherId] = ids[0] < ids[1] ? ids : [ids[1], ids[0]]
  try {
    await tx.insert(requestLinkTable, { requestId, otherId, ...by })
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

export async function deleteLink(tx: Tx, ids: readonly [string, string]): Promise<boolean> {
  const [requestId, otherId] = ids[0] < ids[1] ? ids : [ids[1], ids[0]]
  return (
    (await tx.execute('DELETE FROM request_link WHERE requestId = ? AND otherId = ?', [
      requestId,
      otherId,
    ])) === 1
  )
}

/** The ids of the requests beside this one. */
export async function linksOf(reader: Reader, requestId: string): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT otherId AS id FROM request_link WHERE requestId = ?
      UNION SELECT requestId AS id FROM request_link WHERE otherId = ?`,
    [requestId, requestId],
  )
  return rows.map((row) => row.id)
}

/** False when it was asked already. */
export async function insertSurvey(tx: Tx, row: SurveyRow): Promise<boolean> {
  try {
    await tx.insert(surveyTable, row)
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

export async function findSurvey(reader: Reader, requestId: string): Promise<SurveyRow | null> {
  const rows = await reader.query<SurveyRow>('SELECT * FROM request_survey WHERE requestId = ?', [requestId])
  return rows[0] ?? null
}

/** False when it was answered already, or never asked. */
export async function answerAsked(
  tx: Tx,
  requestId: string,
  stillGood: boolean,
  now: number,
): Promise<boolean> {
  const answered = await tx.execute(
    'UPDATE request_survey SET stillGood = ?, answeredAt = ? WHERE requestId = ? AND answeredAt IS NULL',
    [stillGood ? 1 : 0, now, requestId],
  )
  return answered === 1
}

export async function wantsNoSurveys(reader: Reader, residentIds: readonly string[]): Promise<boolean> {
  const rows = await reader.query<{ residentId: string }>(
    `SELECT residentId FROM request_no_survey WHERE residentId IN (${placeholders(residentIds.length)}) LIMIT 1`,
    residentIds,
  )
  return rows.length > 0
}

export async function switchSurveysOff(tx: Tx, residentId: string, now: number): Promise<void> {
  try {
    await tx.insert(noSurveyTable, { residentId, since: now })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
}
