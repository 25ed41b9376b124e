import { defineConfig } from '@tarojs/cli'

// The floor of bench/first-screen.ts: what Taro itself costs, with the versions and the H5 settings of miniapp/.
export default defineConfig<'webpack5'>({
  projectName: 'bare-taro',
  date: '2026-11-22',
  designWidth: 750,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: 'dist',
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  plugins: [],
  cache: { enable: false },
  terser: { enable: true, config: { output: { quote_keys: false } } },
  h5: {
    publicPath: './',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    postcss: {
      pxtransform: { enable: true, config: { maxRootSize: 24 } },
      autoprefixer: { enable: true, config: {} },
    },
  },
})
