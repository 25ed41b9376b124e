export default definePageConfig({ navigationBarTitleText: '停供复热', enablePullDownRefresh: true })
