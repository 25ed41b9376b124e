export default definePageConfig({ navigationBarTitleText: '我的信息和授权', enablePullDownRefresh: true })
