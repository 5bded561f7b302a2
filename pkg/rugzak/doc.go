// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package rugzak is the language of the product: the types, limits, rules,
// permissions, errors and small interfaces every other package speaks in. It
// depends on the standard library only and does no input or output.
//
// The words, in code and on screen (DESIGN of the product):
//
//	Entry         bijdrage       anything in the backpack
//	Kind          soort          experience, success, failure, question, insight, method, application
//	Question      vraagstuk      what we want to find out together, and who has the ball
//	Application   toepassing     "we used this lesson", with its outcome
//	Method        werkvorm       a way of working together, with steps and minutes
//	Theme         thema          curated bundle of entries with a common thread (rode draad)
//	Person        deelnemer      member of one organisation, maybe of a team
//	Organisation  afdeling or partnerorganisatie
//	Audience      zichtbaar voor level and organisations on top
//	Inquiry       onderzoek      what grows beside a question: its states, the ball, who leads, experiments
//	Participation meekijken, meedenken, meedoen  how a person joins in
//	Overlap       overlap gezien two entries that are about the same
//	Keep          meenemen       taken along in my backpack
//	Compass       kompas         shared purpose and drives (drijfveren)
//	AgendaItem    agendapunt     future agenda
//	RoomNeed      behoefte aan ruimte  time, money, mandate or contact a team needs; for the own team
//	Meeting       bijeenkomst    when people see each other, and which organisations are invited
//	Term          begrip         group of words that mean the same, by the preferred one
//	SavedSearch   bewaarde zoekvraag  a question to ask again, or to hear of when something is new
//	SearchGap     wat niet gevonden wordt  what people searched in vain, without the people
//	ReflectionRound reflectieronde recurring questions to all organisations
//	Revision      versie         full snapshot of an edit
//	Change        wijziging      record of the ordered change log
package rugzak
