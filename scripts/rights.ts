import { tableNames } from '../server/src/assemble'
import { rightsOf } from '../server/src/core/db/rights'

/** Prints what to grant the portal's own account: `npx tsx scripts/rights.ts yihu "'yihu'@'%'"`. */
const [database = 'yihu', account = "'yihu'@'%'"] = process.argv.slice(2)
process.stdout.write(`${rightsOf(tableNames, database, account).join('\n')}\n`)
