// Taro reads this file while it builds, before a platform module could be chosen, so the wallet is asked for here.
const weapp = process.env['TARO_ENV'] === 'weapp'
/** WeChat reads both schemes from theme.json; the others get the light value and follow the system by CSS. */
const themed = (name: string, light: string) => (weapp ? `@${name}` : light)
const tab = (page: string, text: string, icon: string) => ({
  pagePath: `pages/${page}/index`,
  text,
  iconPath: themed(`${icon}Icon`, `assets/${icon}.png`),
  selectedIconPath: themed(`${icon}IconOn`, `assets/${icon}-on.png`),
})

export default defineAppConfig({
  pages: ['pages/home/index', 'pages/bills/index', 'pages/me/index'],
  subPackages: [
    ...[
      'bind',
      'bill',
      'cashier',
      'result',
      'records',
      'receipt',
      'messages',
      'switches',
      'tariff',
      'privacy',
      'login',
    ].map((name) => ({ root: `pages/${name}`, pages: ['index'] })),
    {
      root: 'requests',
      pages: ['types', 'form', 'sent', 'list', 'detail', 'rate', 'link'].map((page) => `${page}/index`),
    },
    { root: 'notices', pages: ['list', 'detail'].map((page) => `${page}/index`) },
    { root: 'chat', pages: ['talk', 'list', 'help', 'article'].map((page) => `${page}/index`) },
    { root: 'codes', pages: ['home/index'] },
    { root: 'hall', pages: ['scan/index'] },
    { root: 'usage', pages: ['index/index'] },
    { root: 'meter', pages: ['report', 'result', 'history'].map((page) => `${page}/index`) },
    { root: 'papers', pages: ['statement', 'report', 'proof', 'verify'].map((page) => `${page}/index`) },
    { root: 'heat', pages: ['home', 'case', 'supply', 'stops'].map((page) => `${page}/index`) },
    { root: 'outlets', pages: ['list', 'detail', 'ticket'].map((page) => `${page}/index`) },
    { root: 'privacy', pages: ['home', 'leave'].map((page) => `${page}/index`) },
    { root: 'invoices', pages: ['list', 'request', 'titles', 'detail'].map((page) => `${page}/index`) },
    {
      root: 'family',
      pages: ['members', 'join', 'proxies', 'answer'].map((page) => `${page}/index`),
    },
    { root: 'field', pages: ['today', 'order', 'bind'].map((page) => `${page}/index`) },
  ],
  window: {
    backgroundTextStyle: 'dark',
    backgroundColor: themed('pageColour', '#F4F5F7'),
    navigationBarBackgroundColor: themed('pageColour', '#F4F5F7'),
    navigationBarTextStyle: weapp ? ('@barText' as 'black') : 'black',
    navigationBarTitleText: '一户',
  },
  tabBar: {
    color: themed('tabColour', '#686F7A'),
    selectedColor: themed('tabOn', '#CC440E'),
    backgroundColor: themed('tabBack', '#FFFFFF'),
    borderStyle: weapp ? ('@tabBorder' as 'white') : 'white',
    list: [tab('home', '首页', 'home'), tab('bills', '账单', 'bills'), tab('me', '我的', 'me')],
  },
  ...(weapp
    ? {
        darkmode: true,
        themeLocation: 'theme.json',
        requiredPrivateInfos: ['chooseLocation', 'getLocation'],
        permission: { 'scope.userLocation': { desc: '按远近排列营业网点，师傅到现场签到时使用' } },
      }
    : {}),
  // Only the browser slides its pages by script, and there "back" during the slide leaves a blank page: the router's
  // timer hides the page below although it is on top again. Wallets animate by themselves and do not look here.
  animation: false,
  lazyCodeLoading: 'requiredComponents',
})
