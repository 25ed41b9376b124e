import { type Build, consoleBuild, makeFresh, sandboxBuild, serverBuild, walletBuild } from './builds'
import { endOnSignal, inSeconds } from './run'

const all: Readonly<Record<string, Build>> = {
  server: serverBuild,
  sandbox: sandboxBuild,
  console: consoleBuild,
  ...walletBuild,
}

/** `npm run build` makes everything that is stale; `npm run build -- server h5` makes only those. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in all))
  if (unknown.length > 0)
    throw new Error(
      `There is no build named ${unknown.join(', ')}; there are ${Object.keys(all).join(', ')}.`,
    )
  for (const [name, build] of Object.entries(all)) {
    if (names.length > 0 && !names.includes(name)) continue
    const from = Date.now()
    const built = await makeFresh(build)
    process.stdout.write(
      `${build.proof}: ${built ? `built in ${inSeconds(Date.now() - from)}` : 'fresh already'}\n`,
    )
  }
}

endOnSignal()
main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
