package system

// countries are the names that tables give countries, beside the ISO codes
// themselves: common ones, those of Unicode's CLDR in Russian and English, the
// three-letter code, and the calling code where it is one country's above all.
func countries() map[string][]string {
	all := map[string][]string{}
	for _, line := range list(countryNames) {
		all[line[:2]] = append(all[line[:2]], split(line[2:])...)
	}
	return all
}

// countryNames begin with the ISO 3166-1 code. Abkhazia's numbers are +7.
const countryNames = `AC о-в Вознесения, Ascension Island, ASC, 247
	AD Андорра, Andorra, AND, 376
	AE ОАЭ, Объединенные Арабские Эмираты, United Arab Emirates, UAE, ARE, 971
	AF Афганистан, Afghanistan, AFG, 93
	AG Антигуа и Барбуда, Antigua and Barbuda, Antigua Barbuda, ATG
	AI Ангилья, Anguilla, AIA
	AL Албания, Albania, ALB, 355
	AM Армения, Armenia, ARM, 374
	AO Ангола, Angola, AGO, 244
	AR Аргентина, Argentina, ARG, 54
	AS Американское Самоа, American Samoa, ASM
	AT Австрия, Austria, AUT, 43
	AU Австралия, Australia, AUS, 61
	AW Аруба, Aruba, ABW, 297
	AX Аландские о-ва, Åland Islands, ALA
	AZ Азербайджан, Azerbaijan, AZE, 994
	BA Босния и Герцеговина, Bosnia and Herzegovina, Bosnia Herzegovina, BIH, 387
	BB Барбадос, Barbados, BRB
	BD Бангладеш, Bangladesh, BGD, 880
	BE Бельгия, Belgium, BEL, 32
	BF Буркина-Фасо, Burkina Faso, BFA, 226
	BG Болгария, Bulgaria, BGR, 359
	BH Бахрейн, Bahrain, BHR, 973
	BI Бурунди, Burundi, BDI, 257
	BJ Бенин, Benin, BEN, 229
	BL Сен-Бартелеми, St. Barthélemy, BLM
	BM Бермудские о-ва, Bermuda, Бермуды, BMU
	BN Бруней-Даруссалам, Brunei, Бруней, BRN, 673
	BO Боливия, Bolivia, BOL, 591
	BQ Caribbean Netherlands, Бонэйр, BES
	BR Бразилия, Brazil, Brasil, BRA, 55
	BS Багамы, Bahamas, Багамские Острова, BHS
	BT Бутан, Bhutan, BTN, 975
	BW Ботсвана, Botswana, BWA, 267
	BY Беларусь, Белоруссия, Республика Беларусь, РБ, Belarus, BLR, Republic of Belarus, 375
	BZ Белиз, Belize, BLZ, 501
	CA Канада, Canada, CAN
	CC Кокосовые о-ва, Cocos (Keeling) Islands, Cocos Islands, CCK
	CD Конго Киншаса, Congo Kinshasa, ДР Конго, DR Congo, COD, 243
	CF Центрально-Африканская Республика, Central African Republic, ЦАР, CAF, 236
	CG Конго Браззавиль, Congo Brazzaville, Конго, Congo, COG, 242
	CH Швейцария, Switzerland, CHE, 41
	CI Кот-д Ивуар, Côte d Ivoire, Кот д Ивуар, Ivory Coast, CIV, 225
	CK Острова Кука, Cook Islands, COK, 682
	CL Чили, Chile, CHL, 56
	CM Камерун, Cameroon, CMR, 237
	CN Китай, КНР, China, CHN, 86
	CO Колумбия, Colombia, COL, 57
	CR Коста-Рика, Costa Rica, CRI, 506
	CU Куба, Cuba, CUB, 53
	CV Кабо-Верде, Cape Verde, Кабо Верде, Cabo Verde, CPV, 238
	CW Кюрасао, Curaçao, CUW, 599
	CX о-в Рождества, Christmas Island, CXR
	CY Кипр, Cyprus, CYP, 357
	CZ Чехия, Чешская Республика, Czech Republic, Czechia, CZE, 420
	DE Германия, Germany, Deutschland, DEU, 49
	DJ Джибути, Djibouti, DJI, 253
	DK Дания, Denmark, DNK, 45
	DM Доминика, Dominica, DMA
	DO Доминиканская Республика, Dominican Republic, Доминикана, DOM
	DZ Алжир, Algeria, DZA, 213
	EC Эквадор, Ecuador, ECU, 593
	EE Эстония, Estonia, EST, 372
	EG Египет, Egypt, EGY, 20
	EH Западная Сахара, Western Sahara, ESH
	ER Эритрея, Eritrea, ERI, 291
	ES Испания, Spain, España, ESP, 34
	ET Эфиопия, Ethiopia, ETH, 251
	FI Финляндия, Finland, FIN, 358
	FJ Фиджи, Fiji, FJI, 679
	FK Фолклендские о-ва, Falkland Islands, FLK, 500
	FM Федеративные Штаты Микронезии, Micronesia, FSM, 691
	FO Фарерские о-ва, Faroe Islands, FRO, 298
	FR Франция, France, FRA, 33
	GA Габон, Gabon, GAB, 241
	GB Великобритания, Англия, United Kingdom, UK, Great Britain, England, GBR, Соединенное Королевство, Соединённое Королевство, Шотландия, Scotland, Wales, 44
	GD Гренада, Grenada, GRD
	GE Грузия, Georgia, GEO, 995
	GF Французская Гвиана, French Guiana, GUF, 594
	GG Гернси, Guernsey, GGY
	GH Гана, Ghana, GHA, 233
	GI Гибралтар, Gibraltar, GIB, 350
	GL Гренландия, Greenland, GRL, 299
	GM Гамбия, Gambia, GMB, 220
	GN Гвинея, Guinea, GIN, 224
	GP Гваделупа, Guadeloupe, GLP, 590
	GQ Экваториальная Гвинея, Equatorial Guinea, GNQ, 240
	GR Греция, Greece, GRC, 30
	GT Гватемала, Guatemala, GTM, 502
	GU Гуам, Guam, GUM
	GW Гвинея-Бисау, Guinea-Bissau, GNB, 245
	GY Гайана, Guyana, GUY, 592
	HK Гонконг, Hong Kong, HKG, Hong Kong SAR China, 852
	HN Гондурас, Honduras, HND, 504
	HR Хорватия, Croatia, HRV, 385
	HT Гаити, Haiti, HTI, 509
	HU Венгрия, Hungary, HUN, 36
	ID Индонезия, Indonesia, IDN, 62
	IE Ирландия, Ireland, IRL, 353
	IL Израиль, Israel, ISR, 972
	IM о-в Мэн, Isle of Man, IMN
	IN Индия, India, IND, 91
	IO Британская территория в Индийском океане, British Indian Ocean Territory, IOT, 246
	IQ Ирак, Iraq, IRQ, 964
	IR Иран, Iran, Islamic Republic of Iran, IRN, 98
	IS Исландия, Iceland, ISL, 354
	IT Италия, Italy, Italia, ITA, 39
	JE Джерси, Jersey, JEY
	JM Ямайка, Jamaica, JAM
	JO Иордания, Jordan, JOR, 962
	JP Япония, Japan, JPN, 81
	KE Кения, Kenya, KEN, 254
	KG Киргизия, Кыргызстан, Kyrgyzstan, KGZ, 996
	KH Камбоджа, Cambodia, KHM, 855
	KI Кирибати, Kiribati, KIR, 686
	KM Коморы, Comoros, COM, 269
	KN Сент-Китс и Невис, St. Kitts and Nevis, St. Kitts Nevis, KNA
	KP КНДР, North Korea, Северная Корея, PRK, 850
	KR Южная Корея, Корея, South Korea, Korea, Republic of Korea, KOR, Республика Корея, 82
	KW Кувейт, Kuwait, KWT, 965
	KY Каймановы о-ва, Cayman Islands, CYM
	KZ Казахстан, Республика Казахстан, РК, Kazakhstan, KAZ, Republic of Kazakhstan, Казахстан Республика
	LA Лаос, Laos, Lao, 856
	LB Ливан, Lebanon, LBN, 961
	LC Сент-Люсия, St. Lucia, LCA
	LI Лихтенштейн, Liechtenstein, LIE, 423
	LK Шри-Ланка, Sri Lanka, LKA, 94
	LR Либерия, Liberia, LBR, 231
	LS Лесото, Lesotho, LSO, 266
	LT Литва, Lithuania, LTU, 370
	LU Люксембург, Luxembourg, LUX, 352
	LV Латвия, Latvia, LVA, 371
	LY Ливия, Libya, LBY, 218
	MA Марокко, Morocco, MAR, 212
	MC Монако, Monaco, MCO, 377
	MD Молдова, Молдавия, Moldova, MDA, Republic of Moldova, Приднестровье, 373
	ME Черногория, Montenegro, MNE, 382
	MF Сен-Мартен, St. Martin, MAF
	MG Мадагаскар, Madagascar, MDG, 261
	MH Маршалловы Острова, Marshall Islands, MHL, 692
	MK Македония, Macedonia, Северная Македония, North Macedonia, MKD, 389
	ML Мали, Mali, MLI, 223
	MM Мьянма, Myanmar, Бирма, Burma, MMR, 95
	MN Монголия, Mongolia, MNG, 976
	MO Макао, Macau SAR China, Macau, Macao, MAC, 853
	MP Северные Марианские о-ва, Northern Mariana Islands, MNP
	MQ Мартиника, Martinique, MTQ, 596
	MR Мавритания, Mauritania, MRT, 222
	MS Монтсеррат, Montserrat, MSR
	MT Мальта, Malta, MLT, 356
	MU Маврикий, Mauritius, MUS, 230
	MV Мальдивы, Maldives, Мальдивские Острова, MDV, 960
	MW Малави, Malawi, MWI, 265
	MX Мексика, Mexico, México, MEX, 52
	MY Малайзия, Malaysia, MYS, 60
	MZ Мозамбик, Mozambique, MOZ, 258
	NA Намибия, Namibia, NAM, 264
	NC Новая Каледония, New Caledonia, NCL, 687
	NE Нигер, Niger, NER, 227
	NF о-в Норфолк, Norfolk Island, NFK, 672
	NG Нигерия, Nigeria, NGA, 234
	NI Никарагуа, Nicaragua, NIC, 505
	NL Нидерланды, Голландия, Netherlands, The Netherlands, NLD, 31
	NO Норвегия, Norway, NOR, 47
	NP Непал, Nepal, NPL, 977
	NR Науру, Nauru, NRU, 674
	NU Ниуэ, Niue, NIU, 683
	NZ Новая Зеландия, New Zealand, NZL, 64
	OM Оман, Oman, OMN, 968
	PA Панама, Panama, PAN, 507
	PE Перу, Peru, PER, 51
	PF Французская Полинезия, French Polynesia, PYF, 689
	PG Папуа Новая Гвинея, Papua New Guinea, PNG, 675
	PH Филиппины, Philippines, PHL, 63
	PK Пакистан, Pakistan, PAK, 92
	PL Польша, Poland, POL, 48
	PM Сен-Пьер и Микелон, St. Pierre and Miquelon, St. Pierre Miquelon, SPM, 508
	PR Пуэрто-Рико, Puerto Rico, PRI
	PS Палестинские территории, Palestinian Territories, Палестина, Palestine, PSE, 970
	PT Португалия, Portugal, PRT, 351
	PW Палау, Palau, PLW, 680
	PY Парагвай, Paraguay, PRY, 595
	QA Катар, Qatar, QAT, 974
	RE Реюньон, Réunion, REU, 262
	RO Румыния, Romania, ROU, 40
	RS Сербия, Serbia, SRB, 381
	RU Россия, РФ, Российская Федерация, Russia, Russian Federation, RUS, Russian Fed., 7
	RW Руанда, Rwanda, RWA, 250
	SA Саудовская Аравия, Saudi Arabia, SAU, 966
	SB Соломоновы Острова, Solomon Islands, SLB, 677
	SC Сейшельские Острова, Seychelles, Сейшелы, SYC, 248
	SD Судан, Sudan, SDN, 249
	SE Швеция, Sweden, Sverige, SWE, 46
	SG Сингапур, Singapore, SGP, 65
	SH о-в Св. Елены, St. Helena, SHN, 290
	SI Словения, Slovenia, SVN, 386
	SJ Шпицберген и Ян-Майен, Svalbard and Jan Mayen, Svalbard Jan Mayen, SJM
	SK Словакия, Slovakia, SVK, 421
	SL Сьерра-Леоне, Sierra Leone, SLE, 232
	SM Сан-Марино, San Marino, SMR, 378
	SN Сенегал, Senegal, SEN, 221
	SO Сомали, Somalia, SOM, 252
	SR Суринам, Suriname, SUR, 597
	SS Южный Судан, South Sudan, SSD, 211
	ST Сан-Томе и Принсипи, São Tomé and Príncipe, São Tomé Príncipe, STP, 239
	SV Сальвадор, El Salvador, SLV, 503
	SX Синт-Мартен, Sint Maarten, SXM
	SY Сирия, Syria, Syrian Arab Republic, SYR, 963
	SZ Свазиленд, Swaziland, Эсватини, Eswatini, SWZ, 268
	TA Тристан-да-Кунья, Tristan da Cunha, TAA
	TC о-ва Тёркс и Кайкос, Turks and Caicos Islands, Turks Caicos Islands, Turks and Caicos, TCA
	TD Чад, Chad, TCD, 235
	TG Того, Togo, TGO, 228
	TH Таиланд, Тайланд, Thailand, THA, 66
	TJ Таджикистан, Tajikistan, TJK, 992
	TK Токелау, Tokelau, TKL, 690
	TL Восточный Тимор, Timor-Leste, TLS, 670
	TM Туркмения, Туркменистан, Turkmenistan, TKM, 993
	TN Тунис, Tunisia, TUN, 216
	TO Тонга, Tonga, TON, 676
	TR Турция, Turkey, Türkiye, TUR, 90
	TT Тринидад и Тобаго, Trinidad and Tobago, Trinidad Tobago, TTO
	TV Тувалу, Tuvalu, TUV, 688
	TW Тайвань, Taiwan, TWN, 886
	TZ Танзания, Tanzania, TZA, 255
	UA Украина, Ukraine, UKR, 380
	UG Уганда, Uganda, UGA, 256
	US США, Соединенные Штаты Америки, Соединенные Штаты, United States, United States of America, USA, U.S., U.S.A., America, Соединённые Штаты, 1
	UY Уругвай, Uruguay, URY, 598
	UZ Узбекистан, Uzbekistan, UZB, 998
	VA Ватикан, Vatican City, Vatican, VAT
	VC Сент-Винсент и Гренадины, St. Vincent and Grenadines, St. Vincent Grenadines, VCT
	VE Венесуэла, Venezuela, VEN, 58
	VG Виргинские о-ва (Британские), British Virgin Islands, VGB
	VI Виргинские о-ва (США), U.S. Virgin Islands, VIR
	VN Вьетнам, Vietnam, VNM, 84
	VU Вануату, Vanuatu, VUT, 678
	WF Уоллис и Футуна, Wallis and Futuna, Wallis Futuna, WLF, 681
	WS Самоа, Samoa, WSM, 685
	XK Косово, Kosovo, 383
	YE Йемен, Yemen, YEM, 967
	YT Майотта, Mayotte, MYT
	ZA ЮАР, South Africa, ZAF, Южно-Африканская Республика, Южная Африка, 27
	ZM Замбия, Zambia, ZMB, 260
	ZW Зимбабве, Zimbabwe, ZWE, 263
	RU Абхазия, Abkhazia`
