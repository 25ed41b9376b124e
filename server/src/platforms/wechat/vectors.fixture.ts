/**
 * The vectors that WeChat Pay prints on its signing pages, and the callback computed over them (wechat.md 4.1 to 4.4).
 * The public key is the one under which all of the printed signatures verify.
 */
export const PRINTED_PUBLIC_KEY_PEM = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAptpm+qvIDCh/9wjU26SQ
CK26ogYkBhDrYxnAaw2JbbBsp1oDbHKk+1r381NeBUG2HEFAuU+Fr72u5ot3yKdz
oF/FajAzQNKnm569/D3upKoi8mYBaST15Uig8j8qoUW1U217LL0jEHlSnHV3lcaD
TXqDpTRR4Bfz9IqOgJgFZ8/oTfEomSrjrLYef81Eyxr7ZIMQXEKKEK7V4UXKS0+/
fDsiG/cXidhzt8UbTL9vqXqxM2+IDImyO+FAc/tkBG55LmzxPto1Nq0WbnZzRM/w
Tzrd0I/8NlevxtFbphg4evlHjFNI7+GrqR87ViEwuAJJ9Je5QQjct5YJfFRWiZ5C
MQIDAQAB
-----END PUBLIC KEY-----
`

export const GET_SIGNATURE = [
  'Lc9VXxmeonkdV8Xk9tmigQFLhl0vRWTerdmoRu01aAnYwIrD/5nsSwE1WlmZGLRlAFTNQ3QsMa0+VRDlJp1Wp5p0nO',
  '8EK68b5sJBbjouxaFciIfq1zfDWWz+jqhcMoKXI1A6dPm1AW7D4d30WsMTNzp6g23OXakIsh9LO3lUmwvTuE0BY8nc',
  'f6tNGk4wKmvXwERd/ZpoQY3MAVKz+Nakwc+2XBmzT66KcUehU5kr4IvGa/lEU5RZb/q00zP9VLdBhC/jQSX3X1UcJL',
  'CtEc4gTmib4tnmAT+bHF/e17ZAuxDNcx6rqT8gNEXqaJGG+1OflMSTU2tpyG65G4dMKdFcoA==',
].join('')

export const POST_SIGNATURE = [
  'jnks4dlrPw3ZX+ozVvSK39oa0t7OMBsg83BHAwd8BRdUFiVaQNTLTvci+wURgP1OQBbKYhFGvt7iqYpDSTQkp7Uq1s',
  'ltaQKyncCyrA1g88m5bsKERQfPyT0ahSwKTYJ1CAn9QiJuSJRq1QsQs07eehbU/k9BCS51jTyc1Jpsi2H77HF9f/Bn',
  'jXAOP3/sPObg6V5Ee4EzwLox684hhuMuIwHo7D8KFk3LIHOKDcNI4It1aCXydFWNpNK+SG86VUDe5kwoDpw4Ulqfu9',
  'z8OFDGbDs9TCxEv8iqQzbpxOlEVoOe2kalSYM5kApQb3nZcxdUtoE0liJGW3RGUNE0t4v01A==',
].join('')

export const PAY_SIGN = [
  'mI35pfNEQV6777ke/1T+LJLQDNTm7yeoUJH+j/adPGhmCCi0PbgkvYQTRcXH0uibcLVtvFLdGLpmoYO9FV6lBBsTAj',
  'uhh5YOvQi0e2g3e0yytitiNET9FEuqM0pjnKfRW4K6LIZDdbWJv9KhZUx3DrJa5TL7OJ7VdADVivxVySIlPVKjGwuC',
  'XzuXSJes0UcILgWQUMyha5/3nYofuHtS7r+KYyMuxD+oJ9VM1Qdxk4UIG59CP5Y3wtYIFybyF3bdu1caHTRRX+DLyM',
  'XyYA/IrTmiW01c4RPjpHBX5Dk1sZyY1zVsWNsvMHr2e1NTWtBxKJ+qk5N61J7caYoepHFaxw==',
].join('')

export const CALLBACK_SIGNATURE = [
  'W5fnRLbMq5zMpmsJndbX6tRghUIn2J+FJRdbpm8h6ScBsjhJzvjCu48u4UqAC0WhFwe8Jip1C/K2igKgfErkY8Xy7k',
  '1rtWmll+anrrvgO0yXUutW3DmuGHNqHB2NjsBpfVzfZ0GCOe/ED6RkrYNyoyv/Q2fUgLYztwGmAnXpuR0AmFfgT5D8',
  'zANC8l7pRjOCAlHP9CHzymTc035RMvWitsP694kgEi770lWgNeuQitZKiWuzhLg3sY+z8t0XKth10vdMo1UCx1uye6',
  'wdOqVT/KsrlsVXMnVkc73Emw1e4qAZBRpP11FWkHNi5e49BSXAekBiHQHTOst/TGnkJMmITg==',
].join('')

/** One line, 919 bytes. */
export const CALLBACK_BODY = [
  '{"id":"11111111-2222-5333-8444-555555555555","create_time":"2026-01-01T10:00:01+08:00","re',
  'source_type":"encrypt-resource","event_type":"TRANSACTION.SUCCESS","summary":"支付成功","resou',
  'rce":{"original_type":"transaction","algorithm":"AEAD_AES_256_GCM","ciphertext":"4ouKWSuj/',
  'DnPJxKEgzRMF3W07f415EgKVP+mfevCu95SG1FOypdDrVXYSAmsv1zmiU6wis1kDXsHrZMsaSZ69kKcLCSs283cwr5',
  'p6mApPFOtmHf9b/p562Njhem8H3e9FnIkZBtOM9gbR2wF7qZEzpWBPGbWAdRYtYLzdZbB0ivBha3MsXsrN18VDCRod',
  'K/sZKTZLYVI6NkUf/69e4mbZbDRnmtjzJbwsHKvVAMwHKOQ/itg9Hey/mxNXnYWSDQSu7uyeFm3WkTz6Jugcjmfc60',
  'UWluEaJiuAJDCSOzqNgN6J/afHqQhgdvDTwUNL0tXc/1HLs/JZWgkMKHKv6NvrUCzulGWWoLZlV5V9a5J1ya4d13RK',
  'Q9gpDNSYGpx+pxruvn2GRxOw3McqAuAZEQcmvJNRKlqiRtFkOHWS7f/UK3REc/Ndm/Y/5VhJLBZBfphpFewa9Df1Hn',
  'BEKrVVBShBNPLz/UyHxoXBHNEk5Z6zkf0LNBgiTZ9yKqGBNjDLaHeCDolz3u2j8/dAP+/yVY64e/1xtwUiRuqQoqti',
  've6acx8XOUbx3HuIX4CfqsQVcIlwtTDU5e6kmNZXC4=","associated_data":"transaction","nonce":"0123',
  '456789ab"}}',
].join('')
