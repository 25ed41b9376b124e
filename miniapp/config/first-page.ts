/** What is used of webpack's own classes; its types are no dependency of ours. */
interface ChunkLike {
  readonly files: ReadonlySet<string>
}
interface GroupLike {
  readonly chunks: readonly ChunkLike[]
  readonly origins: readonly { readonly request?: string }[]
}
interface SourceLike {
  source(): string | Buffer
}
interface CompilationLike {
  readonly chunkGroups: readonly GroupLike[]
  readonly entrypoints: ReadonlyMap<string, GroupLike>
  getAsset(name: string): { readonly source: SourceLike } | undefined
  updateAsset(name: string, source: SourceLike): void
  readonly hooks: {
    readonly processAssets: { tap(how: { name: string; stage: number }, work: () => void): void }
  }
}
interface CompilerLike {
  readonly hooks: {
    readonly thisCompilation: { tap(name: string, work: (compilation: CompilationLike) => void): void }
  }
  readonly webpack: {
    readonly Compilation: { readonly PROCESS_ASSETS_STAGE_SUMMARIZE: number }
    readonly sources: { readonly RawSource: new (text: string) => SourceLike }
  }
}

/** The files that use a part of Taro's which the home page has no use for. */
export const heavyParts =
  /miniapp[\\/]src[\\/](ui[\\/]words-field|platform[\\/](ink-mini|day-wheel|moment-wheels)|chat[\\/](composer|talk-list)|pages[\\/]tariff[\\/]calculator|requests[\\/]slot-picker|parts[\\/]shown-files)\.tsx$/

/** Whether these chunks are fetched for the home page. */
export const isForHome = ({ origins }: Pick<GroupLike, 'origins'>): boolean =>
  origins.some(({ request = '' }) => /pages[\\/]home[\\/]index/.test(request))

/** The files of the home page that index.html does not name by itself, in the order they are asked for. */
export function filesOfHome({
  chunkGroups,
  entrypoints,
}: Pick<CompilationLike, 'chunkGroups' | 'entrypoints'>): string[] {
  const filesOf = (groups: readonly GroupLike[]): string[] =>
    groups.flatMap(({ chunks }) => chunks.flatMap(({ files }) => [...files]))
  const named = new Set(filesOf([...entrypoints.values()]))
  return [...new Set(filesOf(chunkGroups.filter(isForHome)))].filter(
    (file) => /\.(js|css)$/.test(file) && !named.has(file),
  )
}

/** index.html with a word at its head that these files will be needed. */
export function announce(html: string, files: readonly string[]): string {
  const links = files.map(
    (file) => `<link rel="preload" as="${file.endsWith('.css') ? 'style' : 'script'}" href="./${file}">`,
  )
  // The portal's description is asked for as the app will ask, so that it lies there when the app does.
  const described = '<link rel="preload" as="fetch" crossorigin href="/api/portal.describe">'
  return html.replace('</head>', `${links.join('')}${described}</head>`)
}

/**
 * Without it the browser learns only from the running app which files its first page needs, and the network, which is
 * what a telephone waits for, lies idle in between.
 */
export class AnnounceHome {
  apply({ hooks, webpack }: CompilerLike): void {
    const name = 'AnnounceHome'
    // After index.html was written, and before names are given their last hash, which is then put into it, too.
    const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_SUMMARIZE
    hooks.thisCompilation.tap(name, (compilation) => {
      compilation.hooks.processAssets.tap({ name, stage }, () => {
        const html = compilation.getAsset('index.html')?.source.source().toString()
        const files = filesOfHome(compilation)
        if (html === undefined || files.length === 0)
          throw new Error('The home page has no files of its own in index.html.')
        compilation.updateAsset('index.html', new webpack.sources.RawSource(announce(html, files)))
      })
    })
  }
}
