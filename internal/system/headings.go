package system

import "cleanbase/internal/contact"

// headings is the general dictionary: headers really seen (formats.md 4.3 and
// the layouts) and plain synonyms. Numbering and punctuation do not matter, so
// "Phone 1 - Value" covers every N. What is built of several words is better
// left to the patterns.
func headings() []contact.Heading {
	h := func(m contact.Meaning, text string) contact.Heading {
		return contact.Heading{Meaning: m, Headers: list(text)}
	}
	return []contact.Heading{
		h(mean(contact.FieldMobile), `Мобильный телефон | Мобильный | Мобильный номер | Номер мобильного | Моб. телефон | Моб. тел. | Моб | Мобила
			Сотовый телефон | Сотовый | Сот. | Сот. тел. | Телефон переносной | Телефон для рассылок
			Mobile | Mobiles | Mobile Phone | Mobile Phone Number | Mobile Number | Mobile No | Mob | Mob. phone | Cell | Cell Phone | Cellular | PHONE_MOBILE | PHONE_MAILING
			mobilephone | SMS marketing phone | WhatsApp Phone Number | hs_whatsapp_phone_number | Person - Phone - Mobile | MSISDN `),
		h(mean(contact.FieldPhone), `Телефон | Телефоны | Номер телефона | Рабочий телефон | Рабочий прямой телефон | Домашний телефон | Другой телефон | Основной телефон
			тел | Тел. | Тел № | номер | Номер | № телефона | Телефон контактного лица | Контактный номер | Контактный телефон | Телефон раб. | Телефон дом. | Радиотелефон | Телефон в машине | Основной телефон организации | Абонент
			Phone | Phones | Phone No | Phone Number | Phone # | Telephone | Telephone Number | Tel | Work Phone | Business Phone | Home Phone | Other Phone | Primary Phone | Work Direct Phone
			Corporate Phone | First Phone | Phone 1 - Value | Person - Phone | Person - Phone - Work | Person - Phone - Home | Person - Phone - Other
			PHONE_WORK | PHONE_HOME | PHONE_OTHER | Asst. Phone | Car Phone | Company Main Phone | Callback | Radio Phone | TTY/TDD Phone | Other Phone Number
			Contact number | Contact no | Number | Recipient | Получатель | НомерТелефона | Subscriber | phone_e164 | wa_id | Viber | Вайбер | Контакт Viber | Viber contact`),
		h(meanOn(contact.FieldPhone, contact.WhatsApp), `WhatsApp | Ватсап | Вотсап | Вацап | WhatsApp ID | WhatsApp JID | JID`),
		h(mean(contact.FieldEmail), `Email | E-mail | Emails | Mail | Почта | Эл. почта | Эл почта | Электронная почта | Электронный адрес | Рабочий email | Личный email | Частный e-mail | Другой email | Рабочий e-mail
			Другой e-mail | E-mail для рассылок | Адрес эл. почты | Адрес 2 эл. почты | Адрес электронной почты | Почтовый ящик | Имейл | Емейл | Емэйл | Имэйл | Мейл | Мыло
			E-mail Address | Email Address | E-mail 2 Address | E-mail 1 - Value | Secondary Email | Work email | Home E-mail | Other E-mail | Newsletters email | Alternate Email 1
			EMAIL_WORK | EMAIL_HOME | EMAIL_MAILING | EMAIL_OTHER | Person - Email | Person - Email - Work | Person - Email - Home | Person - Email - Other | Mail address | АдресЭП`),
		h(mean(contact.FieldName), `ФИО | Ф.И.О. | ФИО клиента | Полное имя контакта | Полное имя (контакт) | Полное имя | Основной контакт | Наименование | Клиент | Контакт | Контрагент | Имя, Фамилия | Имя и фамилия
			Фамилия Имя Отчество | Фамилия Имя | Имя клиента | Имя контакта | Контактное лицо | Покупатель | Заказчик | Пациент | Гость | Название лида | Название сделки
			Name | Full name | Fullname | Contact Name | Person - Name | File As | Client | Client Name | Customer | Customer Name | Contact | Lead Name | Display Name | E-mail Display Name`),
		h(mean(contact.FieldFirstName), `Имя | First Name | Firstname | First | Given Name | Person - First name | NAME_FIRST`),
		h(mean(contact.FieldMiddleName), `Отчество | Middle Name | Middle | Additional Name | SECOND_NAME | Patronymic`),
		h(mean(contact.FieldLastName), `Фамилия | Last Name | Lastname | Last | Surname | Family Name | Person - Last name`),
		h(mean(contact.FieldCompany), `Компания | Название компании | Компания контакта | Название (компания) | Организация | Фирма | Список компаний | Company | Companies | Company Name | Organization | Organisation | Account Name
			Organization Name | Organization 1 - Name | Person - Organization | Person - Organisation | Юрлицо | Юридическое лицо`),
		h(mean(contact.FieldCity), `Город | Населенный пункт | City | Town | Mailing City | Business City | Home City | Other City | Address 1 - City | Person - City`),
		h(mean(contact.FieldCountry), `Страна | Страна или регион | Country | Country/Region | Mailing Country | Business Country | Home Country | Other Country | Business Country/Region | Home Country/Region | Other Country/Region | Country code | Код страны | Address 1 - Country`),
		h(mean(contact.FieldTags), `Теги | Тег | Тэги | Тэг | Тег контакта | Теги сделки | Теги контакта | Метки | Метка | Ярлыки | Группа | Группы | Категория | Категории | Сегмент | Сегменты | Список | Списки
			Tag | Tags | Label | Labels | Group Membership | Categories | Category | Groups | Group | Segment | Segments | Lists | List | Email Lists | Email List | Person - Labels | Person - Label`),
		h(mean(contact.FieldStatus), `Статус | Статус клиента | Статус контакта | Статус подписчика | Состояние | Стадия | Этап сделки | Вид покупателя | Вид контрагента | Status | State of contact | Lead Status | Lifecycle Stage | Contact Status | Delivery status
			Статус доставки | Статус сообщения | Статус отправки | Результат`),
		h(mean(contact.FieldNote), `Пометка | Пометки | Отметки | Особые отметки | Переписка | Диалог | Чат | Реплика | История | История общения | История контактов | История звонков | История взаимодействия | Итог разговора | Итог звонка | Результат разговора | Содержание разговора | Суть обращения | Что сказал | О клиенте | Доп. сведения | Инфо | Информация о клиенте | Обратная связь | Пожелания
			Chat | Chat log | Chat history | Conversation | Dialog | Dialogue | Transcript | History | Contact history | Call notes | Call result notes | Details | Additional info | Feedback | Internal notes | Staff notes | Customer notes | Last message | Комментарий | Комментарии | Комментарий менеджера | Примечание | Примечания | Примечание 1 | Примечание к контакту | Прим. | Доп. информация | Дополнительная информация | Доп. инфо | Заметки | Заметка | Дополнительно о статусе | Дополнительно о стадии | Причина отказа
			Comment | Comments | Note | Notes | Memo | Description | Remark | Remarks | Person - Notes | Status information | Описание`),
		h(mean(contact.FieldSource), `Источник | Источник клиента | Источник сделки | Источник трафика | Дополнительно об источнике | Откуда | Рекламный источник | Source | Lead Source | Original Source | Latest Source | Source information
			SOURCE_ID | SOURCE_DESCRIPTION | hs_analytics_source | Original Source Drill-Down 1 | leadsource`),
		h(mean(contact.FieldID), `ID | Record ID | Record Id | Record ID - Contact | Contact Id | Lead Id | Person - ID | Deal - ID | hs_object_id | Идентификатор | Ид`),
		h(mean(contact.FieldType), `Тип | Type | Тип записи | Record type | Entity type`),
		h(meanOn(contact.FieldMessenger, contact.Telegram), `Telegram | Телеграм | Телеграмм | ТГ | TG | Telegram ID | tg id | Telegram user id | Telegram chat id | Telegram username | Telegram account | Контакт Telegram | Ник в Telegram
			Имя в Telegram | Имя в телеграм | Логин Telegram | ID Telegram | Телеграм ID | Ник в телеграм | IM_TELEGRAM`),
		h(meanOn(contact.FieldMessenger, contact.MAX), `MAX | МАКС | MAX ID | ID MAX | MAX user id | MAX chat id | Контакт MAX | Идентификатор MAX | МАКС ID`),
		h(meanOn(contact.FieldMessenger, contact.Viber), `Viber ID | Viber user id`),
		h(meanOn(contact.FieldMessenger, contact.WhatsApp), `BSUID | WhatsApp BSUID | WhatsApp user id | wa_user_id | Business-scoped user ID`),
		h(mean(contact.FieldMessenger), `user_id | chat_id | chatId | userid`),
		h(mean(contact.FieldConsent), `Согласие на рассылку | Согласие на рассылки | Согласие | Согл. | Подписан на рассылку | Подписан | Подписка | Рассылка | Рассылки | Рассылать | Подписка на рассылку | Получать рассылку | Разрешена рассылка
			Marketing consent | Person - Marketing consent | Consent | Consented | Opt-in | Opted in | Opt in | Subscribed | Subscription | Newsletter | Mailing | Mailings | Mailing list | Mailable | Is mailable | Contactable | Soglasie | Soglasie na rassylku | Podpisan | Podpiska | Rassylka | Rassylki | Accepts Marketing | Subscription status | Статус подписки | Статус рассылки | Статус согласия | Подписчик | Состояние подписки | Consent status`),
		h(meanOn(contact.FieldConsent, contact.Email), `Marketing status | Person - Marketing status | Double opt-in | Person - Double opt-in | Accepts Email Marketing | Email consent | Email opt in`),
		h(meanOn(contact.FieldConsent, contact.SMS), `Accepts SMS Marketing | SMS consent | SMS opt in | Согласие на SMS | Согласие на СМС`),
		h(mean(contact.FieldConsentPD), `Согласие на обработку персональных данных | Согласие на обработку ПД | Согласие на обработку ПДн | Согласие на ПДн | Согласие на ПДн (МСК) | Согласие на ПД | Согласие ПД | Согласие ПДн | Согласие ОПД | Согласие на ОПД | СОПД | ПДн | Обработка ПД | Обработка персональных данных | Пользовательское соглашение
			Legal basis for processing contact's data | hs_legal_basis | GDPR consent | GDPR | personalDataConsentFrom | Политика конфиденциальности | Privacy policy | Оферта`),
		h(mean(contact.FieldConsentAt), `Дата согласия | Дата согласия на рассылку | Дата и время согласия | Consent date | Consent at | Consented at | Consent time | Opt-in date | Opt in date | Opt-in time | Opted in at | Subscribed at | CONFIRM_TIME | Subscription date | Дата подписки | Подписан с | Согласие от | Согласие дата`),
		h(mean(contact.FieldConsentSource), `Источник согласия | Где дано согласие | Место согласия | Consent source | Opt-in source | Source of consent | Форма согласия`),
		h(mean(contact.FieldConsentChannel), `Канал согласия | Каналы согласия | Согласие на каналы | Согласие по каналам | Согласие канал | Consent channel | Consent channels | Opt-in channel`),
		h(mean(contact.FieldTextVersion), `Версия текста | Версия согласия | Версия текста согласия | Версия документа | Версия оферты | Text version | Consent version | Consent text version | Policy version | Version | Версия`),
		h(mean(contact.FieldPurpose), `Цель | Цель согласия | Цель обработки | Назначение | Purpose | Consent purpose`),
		h(mean(contact.FieldMethod), `Способ | Способ согласия | Способ получения согласия | Method | Consent method | Способ получения`),
		h(mean(contact.FieldOptOut), `Baja | Ret | Отписан от рассылки | Отписан | Отписался | Отписался от рассылки | Отписка | Отказ от рассылки | Отказ от рассылок | Отказ от рекламы | Отказ | Не беспокоить | Не писать | Не звонить и не писать | Не отправлять | Не слать рассылку
			Стоп-лист | Стоп лист | В стоп-листе | Стоп | Черный список | В черном списке | ЧС | Запрет рассылки | Запрет на рассылку | Запретить рассылку | Запрет контакта | Согласие отозвано | Отзыв согласия | Не хочет получать рассылку
			Unsubscribed | Unsubscribe | Opted out | Opt-out | Optout | Do not contact | Do not disturb | DNC | DND | DNM | Do not message | Do not text | Blacklist | Blacklisted | In blacklist | Suppressed | Do not mail | Stop | Stop list | Unsubscribed from all | No marketing | Is unsubscribed
			Blocked | Is blocked | Blocklisted | Banned | Is banned | Заблокирован | Заблокирована | Контакт заблокирован | Клиент заблокирован | Пользователь заблокирован | Забанен | Бан | В бане`),
		h(meanOn(contact.FieldOptOut, contact.Email), `Unsubscribed from all email | Opted out of email | Email Opt Out | Email Opted Out | hs_email_optout | HasOptedOutOfEmail | Has opted out of email | Unsubscribed Mode | Do not email | Отписан от email | Отписан от писем | Отказ от email`),
		h(meanOn(contact.FieldOptOut, contact.Call), `Do Not Call | DoNotCall | Не звонить | Запрет звонков | Отказ от звонков`),
		h(meanOn(contact.FieldOptOut, contact.SMS), `SMS Opt Out | Do not SMS | Отказ от SMS | Отказ от СМС | Отписан от SMS | Запрет SMS | Не отправлять SMS`),
		h(mean(contact.FieldOptOutAt), `Дата отписки | Дата отказа | Дата отказа от рассылки | Дата отзыва | Дата отзыва согласия | Дата и время отписки | Отписан с | Отозвано | Дата внесения в стоп-лист | Дата внесения в черный список | Unsubscribed at | Unsubscribe date | Opt-out date | Opted out at | Opt out time | Optout date
			Unsubscribed date | Withdrawn at | Withdrawal date | Revoked at | Consent withdrawn at | Unsubscribe time`),
		h(meanOn(contact.FieldOptOutAt, contact.Email), `Unsubscribed Time | UNSUB_TIME | CLEAN_TIME`),
		h(mean(contact.FieldReason), `Причина | Причина отписки | Причина жалобы | Причина внесения | Основание | Суть жалобы | Текст жалобы | Жалоба | Обращение клиента | Reason | Complaint | Complaint text | Unsubscribe reason | Opt-out reason`),
		h(mean(contact.FieldLastContact), `Последний визит | Последний визит (МСК) | Дата последней покупки | Дата последнего контакта | Последний контакт | Дата последнего визита | Дата последнего заказа | Последняя покупка | Последняя активность | Последний заказ | Последнее сообщение
			Last Activity Date | Last Contacted | Last Engagement Date | Last Activity Time | Person - Last activity date | notes_last_contacted | Last visit | Last seen | Last Active | Last purchase | Last order | Last contact | Last activity | Last contact date`),
		h(mean(contact.FieldUpdated), `Дата изменения | Дата редактирования | Изменен | Изменено | Обновлен | Обновлено | Дата обновления | Modified | Modified Time | Last Modified Date | Updated | Updated at | lastmodifieddate | LastModified | Modified at | notes_last_updated | Change Log Time | Date modified | Person - Update time`),
		h(mean(contact.FieldCreated), `Дата создания | Дата создания контакта | Дата создания (контакт) | Дата создания сделки | Создан | Создано | Дата регистрации | Дата добавления | Добавлен | Добавлено | Первый вход (МСК) | Created | Created at | Created Time | Create Date | createdate | Date created | Date added | Added | Added at | Registered | Registered at | Signup date | Person - Person created`),
		h(mean(contact.FieldDate), `Дата | Дата и время | Дата/время | Дата время | Дата события | Дата сообщения | Дата жалобы | Дата обращения | Дата отправки | Дата внесения | Date | Datetime | Date/time | Date time | Timestamp | SentDate | date_sent | DateSent | Sent at | Send date | Complaint date | Reported at | Event time | Received at | Complained at | When | Когда | С даты | Since`),
		h(mean(contact.FieldTime), `Время | Время события | Время сообщения | Время отправки | Time | Message time | Send time`),
		h(mean(contact.FieldChannel), `Канал | Канал связи | Каналы | Мессенджер | Способ связи | Тип канала | Channel | Channels | Messenger | chatType | Chat type | Transport | Medium`),
		h(mean(contact.FieldDirection), `Направление | Направление сообщения | Тип сообщения | Direction | Message direction | In/out
			fromMe | from_me | isFromMe | Incoming | isIncoming | Inbound | isInbound | Outgoing | isOutgoing | Outbound | isOutbound`),
		h(mean(contact.FieldText), `Текст | Текст сообщения | Текст письма | Тема письма | Тело письма | Email body | Email subject | Subject | Текст SMS | Текст СМС | Сообщение | Text | Message | Message text | Body | Message body | Content`),
		h(mean(contact.FieldReply), `Ответ | Ответы | Ответ клиента | Ответ абонента | Ответ на рассылку | Текст ответа | Ответное сообщение | Входящее | Входящее сообщение | Входящий текст | Сообщение клиента | Сообщение от клиента | Реакция | Реакция клиента
			Reply | Replies | Reply text | Reply message | Reply body | Response | Response text | Customer reply | Answer | Inbound message | Incoming message | Last reply`),
		h(mean(contact.FieldError), `Ошибка | Код ошибки | Текст ошибки | Error | err | Error code | ErrorCode | Error message | Failure reason`),
		h(mean(contact.FieldFrom), `From | От | От кого | Отправитель | Sender | Author`),
		h(mean(contact.FieldTo), `To | Кому`),
		h(mean(contact.FieldButton), `ButtonPayload | Button payload | Button ID`),
		h(mean(contact.FieldMessageID), `message_id | ID сообщения | Message ID | messageId | Sid | MessageSid | Номер сообщения | SMS ID`),
		h(mean(contact.FieldOther), `№ | № п/п | п/п | N | No | Nr | Фотография | Обращение | Дата рождения | День рождения | ДР | Должность | Тип контакта | Ответственный | Менеджер | Улица | Квартира | Адрес | Район | Область | Индекс | Регион | Почтовый индекс
			Экспорт | Кем создан | Кем изменен | Создан CRM-формой | Доступен для всех | Задан телефон | Задан e-mail | Сайт | Повторный лид | Товар | Товары | Заказ | Заказы | Состав заказа | Покупки | Услуга | Услуги | Product | Products | Items | Order items | Цена | Количество | Сумма | Валюта | ИНН | КПП | ОГРН | СНИЛС | Паспорт | Пол | Возраст | Бюджет | Воронка
			Факс | Рабочий факс | Домашний факс | Другой факс | Номер факса | Номер пейджера | Пейджер | Подтверждён номер | Номер подтвержден | Телекс | Web | Username | Логин | Пароль | Скидка | Карта | Номер карты | Номер заказа | Номер договора | Код
			Photo | Salutation | Birthday | Date of birth | Birthdate | Position | Contact Type | Responsible | Responsible person | Address | Street | Region | State / Province | Zip | Export | Created by | Modified by | Created by CRM form | Available to everyone
			Has phone | Has E-mail | Site | Website | Fax | Fax Number | Business Fax | Home Fax | Other Fax | Pager | Pager Number | Telex | Number of times contacted | Phone 1 - Label | Phone 1 - Type | E-mail 1 - Label | E-mail 1 - Type | Contact owner | Title | Job Title | Department
			IP Country | State | Postal Code | Time Zone | Preferred language | Language | Marketing contact status | Marketing contact until next update | hs_marketable_status | Marketing email confirmation status | Email hard bounce reason | Email Address Quarantined
			Email address quarantine reason | Invalid email address | Locked | Skype ID | Twitter | Phonetic First Name | Phonetic Middle Name | Phonetic Last Name | Yomi Name | Given Name Yomi | Family Name Yomi | Given Yomi | Surname Yomi | Nickname | Name Prefix | Name Suffix | Suffix | Prefix | Photo | Anniversary
			Price | PriceUnit | NumSegments | ApiVersion | AccountSid | Gender | Age | Password | INN`),
	}
}
