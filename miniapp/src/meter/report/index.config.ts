export default definePageConfig({ navigationBarTitleText: '报表上读数' })
