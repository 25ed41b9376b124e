export default definePageConfig({ navigationBarTitleText: '供热服务', enablePullDownRefresh: true })
