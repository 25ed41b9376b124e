import { defineConfig } from '@tarojs/cli'
import { AnnounceHome, heavyParts, isForHome } from './first-page'

// Mini-programs need an absolute address; the browser build is served by the portal itself and uses its own origin.
const miniOrigin = process.env['TARO_APP_API_ORIGIN'] ?? 'http://127.0.0.1:3000'
const target = process.env['TARO_ENV'] ?? 'h5'
const formsOnly =
  /miniapp[\\/]src[\\/](requests|upload|ui[\\/]words-field|parts[\\/](attachments|shown-files|voice-button))|components[\\/](video-|picker-group|taro-(video|picker|textarea|scroll-view|swiper))/

interface ChunkLike {
  readonly groupsIterable: Iterable<Parameters<typeof isForHome>[0]>
}
interface GraphLike {
  readonly chunkGraph: { getModuleChunksIterable(module: unknown): Iterable<ChunkLike> }
}
/** Whether the home page needs this module before it can be drawn. */
const isOfHome = (module: unknown, { chunkGraph }: GraphLike): boolean =>
  [...chunkGraph.getModuleChunksIterable(module)].some((chunk) => [...chunk.groupsIterable].some(isForHome))

const hashed = (folder: string, ext: string) => `${folder}/[name].[contenthash:8].${ext}`

export default defineConfig<'webpack5'>({
  projectName: 'yihu-miniapp',
  date: '2026-11-22',
  designWidth: 750,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: `dist/${target}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  plugins: [],
  defineConstants: { API_ORIGIN: JSON.stringify(target === 'h5' ? '' : miniOrigin) },
  // WeChat reads the tab icons' names from theme.json, which Taro does not look into.
  copy: {
    patterns: target === 'weapp' ? [{ from: 'src/assets/', to: 'dist/weapp/assets/' }] : [],
    options: {},
  },
  cache: { enable: false },
  // Taro's default quotes keys, which turns `#private` fields of any library into a syntax error and a blank page.
  terser: { enable: true, config: { output: { quote_keys: false } } },
  mini: {
    // node_modules are not transpiled by default; old phones need ES5.
    compile: { include: [(file: string) => /node_modules.zustand/.test(file)] },
    postcss: { pxtransform: { enable: true, config: {} }, cssModules: { enable: false } },
  },
  h5: {
    publicPath: './',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    output: { filename: hashed('js', 'js'), chunkFilename: hashed('js', 'js') },
    // Without this every page's chunk carries its own copy of the kit and the API client.
    webpackChain(chain, webpack) {
      chain.plugin('announce-home').use(AnnounceHome)
      // The letters of Taro's own icons, which no page shows (design/icons.scss); text of a font shrinks no further.
      chain
        .plugin('no-icon-letters')
        .use(webpack.NormalModuleReplacementPlugin, [
          /^data:application\/octet-stream;base64,AAEAAAA/,
          'data:,',
        ])
      // Taro's parts are one module, which carries whatever any page uses to the first page: who shows films, wheels
      // and boxes for many words takes them from a copy of its own.
      chain.module
        .rule('heavy-parts')
        .test(heavyParts)
        .resolve.alias.set('@tarojs/components$', '@tarojs/components/lib/react/components.js?heavy')
      chain.optimization.splitChunks({
        chunks: 'all',
        cacheGroups: {
          shared: { name: 'shared', minChunks: 2, priority: 5, reuseExistingChunk: true },
          // What the home page and another share comes with the home page, and nothing that only others share.
          // It wins over the forms, of which the home page would otherwise fetch all for a part.
          first: { name: 'first', test: isOfHome, minChunks: 2, priority: 12, reuseExistingChunk: true },
          // What only the forms of requests and field work use must not be fetched by the first page.
          forms: { name: 'forms', test: formsOnly, minChunks: 2, priority: 10, reuseExistingChunk: true },
        },
      })
    },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: hashed('css', 'css'),
      chunkFilename: hashed('css', 'css'),
    },
    postcss: {
      // A wide window shows a phone-wide column, not giant letters.
      pxtransform: { enable: true, config: { maxRootSize: 24 } },
      autoprefixer: { enable: true, config: {} },
      cssModules: { enable: false },
    },
  },
})
