import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * One step of the schema, the same for every engine. TypeORM orders migrations by the 13 digits at the end of
 * their names, so the number given here is padded to that.
 */
export function migration(
  order: number,
  name: string,
  up: (runner: QueryRunner) => Promise<void>,
): () => unknown {
  const fullName = `${name}${String(order).padStart(13, '0')}`
  class Migration implements MigrationInterface {
    readonly name = fullName
    async up(runner: QueryRunner): Promise<void> {
      await up(runner)
    }
    async down(): Promise<void> {
      throw new Error('Yihu does not migrate down: restore the backup taken before the upgrade.')
    }
  }
  Object.defineProperty(Migration, 'name', { value: fullName })
  return Migration as unknown as () => unknown
}
