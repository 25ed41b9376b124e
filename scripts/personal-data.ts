import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { registerPage } from '../server/src/features/privacy/register-page'

/** Writes docs/personal-data.md from the declarations of all features. */
writeFileSync(join(__dirname, '../docs/personal-data.md'), registerPage())
