import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { areasByIds } from '../households'
import { coversArea, type TeamFacts, teamById } from '../staff'
import type { PlannedTeam } from './plan-days'

/** A team that comes to places this person sees. Errors: not_found. */
export async function teamToRead(ctx: Ctx, teamId: string): Promise<PlannedTeam> {
  return (await teamSeen(ctx, teamId)).team
}

/**
 * The same, when it goes nowhere else: whoever sets its places decides for everybody it visits. Errors: not_found,
 * forbidden.
 */
export async function teamToPlan(ctx: Ctx, teamId: string): Promise<PlannedTeam> {
  const { team, isWhollyMine } = await teamSeen(ctx, teamId)
  if (!isWhollyMine)
    throw new AppError('forbidden', {
      message: '这个班组也去您不负责的区域，名额请让负责整个范围的同事来排。',
    })
  return team
}

async function teamSeen(ctx: Ctx, teamId: string): Promise<{ team: PlannedTeam; isWhollyMine: boolean }> {
  const staff = staffOf(ctx)
  const team = await teamById(ctx.db.reader, teamId)
  if (!team || (staff.companies !== null && !staff.companies.includes(team.companyId)))
    throw new AppError('not_found')
  const seen = { team: { id: team.id, companyId: team.companyId } }
  if (staff.areaPaths === null) return { ...seen, isWhollyMine: true }
  // A team of the whole company comes to my areas as well.
  if (team.areaPaths === null) return { ...seen, isWhollyMine: staff.areaPaths.length > 0 ? false : gone() }
  const paths = await pathsOf(ctx, team.areaPaths)
  const mine = staff.areaPaths
  if (paths.length > 0 && paths.every((path) => coversArea(mine, path)))
    return { ...seen, isWhollyMine: true }
  return (await touches(ctx, paths, mine)) ? { ...seen, isWhollyMine: false } : gone()
}

function gone(): never {
  throw new AppError('not_found')
}

/** Whole paths of the areas that a team's pieces name: an area's id and a slash. */
async function pathsOf(ctx: Ctx, pieces: NonNullable<TeamFacts['areaPaths']>): Promise<string[]> {
  const areas = await areasByIds(
    ctx.db.reader,
    pieces.map((piece) => piece.replace(/\/$/, '')),
  )
  return [...areas.values()].map(({ path }) => path)
}

/** Whether one of the team's areas is one of mine, above it or below it. */
async function touches(ctx: Ctx, paths: readonly string[], mine: readonly string[]): Promise<boolean> {
  if (paths.some((path) => coversArea(mine, path))) return true
  const myPaths = await pathsOf(ctx, mine)
  return paths.some((path) => myPaths.some((own) => own.startsWith(path)))
}
