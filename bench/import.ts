import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'mysql2/promise'
import { stringify } from 'yaml'
import { writeDemoConfig } from '../scripts/demo-config'
import { run } from '../scripts/run'
import { ROOT } from '../scripts/sources'
import type { ImportTask } from './lib/import-task'
import { childProgram } from './lib/child-program'
import { type BenchResult, median, round, say } from './lib/result'
import { openWorld, type World } from './lib/world'

const ROUNDS = 3
const DEMO = join(ROOT, 'data/demo/gas-2026-10.csv')
/** A real company's export is longer than the demo's; on a short one most of the time goes into warming up. */
const COPIES = 4
const FILLED = ['bill', 'bill_version', 'household', 'area', 'import_run', 'import_lease']

type Engine = ImportTask['engine']

/**
 * Rows a second of the real import of the demo's gas export, four times over, beside parse and insert
 * (bench/floor-import.ts says what that is). All run under plain `node` without flags.
 */
export async function benchImport(): Promise<BenchResult> {
  const world = await openWorld()
  try {
    const pool = await world.database('bench_import')
    const program = await childProgram('import-runner')
    const file = longerExport(world)
    const results = {
      mariadb: await compare(world, { program, file }, 'mariadb', pool),
      sqlite: await compare(world, { program, file }, 'sqlite', pool),
    }
    return {
      name: 'import',
      ...results.mariadb,
      unit: 'rows/s on MariaDB',
      sqlite: results.sqlite,
      passed: results.mariadb.ratio >= 0.4,
    }
  } finally {
    await world.stop()
  }
}

/** The demo's rows under further account numbers, the demo's dirt included. */
function longerExport(world: World): string {
  const [header = '', ...rows] = readFileSync(DEMO, 'utf8').trimEnd().split('\n')
  const copies = Array.from({ length: COPIES }, (_, copy) =>
    rows.map((row) => row.replace(/^000/, `0${copy}0`)),
  )
  const file = join(world.dataDir, 'gas-longer.csv')
  writeFileSync(file, `${[header, ...copies.flat()].join('\n')}\n`)
  return file
}

async function compare(
  world: World,
  { program, file }: { program: string; file: string },
  engine: Engine,
  pool: Pool,
) {
  const runs: { ours: number; floor: number; oneTable: number }[] = []
  const sqliteFile = join(world.dataDir, 'import.sqlite')
  for (let number = 0; number <= ROUNDS; number++) {
    if (engine === 'sqlite')
      for (const end of ['', '-wal', '-shm']) rmSync(`${sqliteFile}${end}`, { force: true })
    // The first round makes the tables and is not counted.
    else if (number > 0) for (const table of FILLED) await pool.query(`TRUNCATE TABLE ${table}`)
    const task = {
      engine,
      file,
      sqliteFile: `${sqliteFile}.floor`,
      patternFile: sqliteFile,
      mariadbPort: world.services.mariadbPort,
      database: 'bench_import',
    }
    const each = {
      ours: await importOnce(world, program, { ...task, kind: 'ours' }, sqliteFile),
      floor: await importOnce(world, program, { ...task, kind: 'floor' }, sqliteFile),
      oneTable: await importOnce(world, program, { ...task, kind: 'one-table' }, sqliteFile),
    }
    if (number === 0) continue
    runs.push(each)
    say(
      `${engine}, round ${number}: import ${each.ours} rows/s, parse and insert ${each.floor} rows/s ` +
        `(into one table without indexes ${each.oneTable})`,
    )
  }
  return {
    ratio: round(median(runs.map(({ ours, floor }) => ours / floor))),
    ours: median(runs.map(({ ours }) => ours)),
    floor: median(runs.map(({ floor }) => floor)),
    ratioToOneTable: round(median(runs.map(({ ours, oneTable }) => ours / oneTable))),
  }
}

async function importOnce(
  world: World,
  program: string,
  task: ImportTask,
  sqliteFile: string,
): Promise<number> {
  const { serverFile } = writeDemoConfig({
    dataDir: world.dataDir,
    ports: { portal: 9, metrics: 9, sandbox: 9, wechatPhone: 9, alipayPhone: 9, workerPhone: 9 },
    database:
      task.engine === 'sqlite'
        ? { engine: 'sqlite' }
        : {
            engine: 'mariadb',
            mariadbPort: world.services.mariadbPort,
            redisPort: world.services.redisPort,
          },
  })
  const database = task.engine === 'sqlite' ? { file: sqliteFile } : { database: task.database }
  const place = join(world.dataDir, 'import.yaml')
  writeFileSync(place, stringify({ database }))
  const taskFile = join(world.dataDir, 'import-task.json')
  writeFileSync(taskFile, JSON.stringify(task))
  const ran = await run(process.execPath, [...profileFlags(task), program, taskFile], {
    env: { YIHU_CONFIG: `config/demo.yaml:${serverFile}:${place}`, TZ: 'Asia/Shanghai' },
  })
  if (ran.code !== 0) throw new Error(`the import failed:\n${ran.output}`)
  return Number(ran.output)
}

/** `BENCH_PROFILE=import` leaves profiles of the real import in .test/profiles. */
function profileFlags(task: ImportTask): string[] {
  const wanted = process.env['BENCH_PROFILE'] === 'import' && task.kind === 'ours'
  return wanted ? ['--cpu-prof', `--cpu-prof-dir=${join(ROOT, '.test', 'profiles')}`] : []
}
