export default definePageConfig({ navigationBarTitleText: '停热退费' })
