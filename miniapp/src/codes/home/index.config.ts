export default definePageConfig({ navigationBarTitleText: '我家的码', enablePullDownRefresh: true })
