// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

// packDictionary is what most entries have in common: the names of fields and
// frequent Dutch and English words. It is part of the file format: changing it
// needs a new way of packing. What is most frequent stands last.
const packDictionary = ` the and that with for we to of in is are was they from this have not what you our ` +
	`vraagstuk werkvorm ervaring overleg afspraken samenwerking gemeente inwoners collega's medewerkers organisatie ` +
	`partners afdeling participatie jeugd ondersteuning gesprek samen contact gezin wijkteam ` +
	`want omdat daarom daarna tijdens tussen zonder alleen altijd meer minder eerste volgende andere ` +
	`hebben worden kunnen moeten zullen waren werd deden ging geven maken vragen weten ` +
	` het een van de en in op met voor dat die niet zijn aan er ook bij om als maar naar we je ze te of wat wie hoe ` +
	`dan nog al wel over door uit deze dit ons onze hun haar zij hij ik was is had heeft kan wordt moet ` +
	`## Situatie\n\n## Taak\n\n## Actie\n\n## Resultaat\n\n## Reflectie\n\n## Meegeven\n\n` +
	`{"k":"experience","s":"shared","l":"nl","t":"","le":"","b":"","m":"name","au":[""],"lv":"organisation","al":[""],` +
	`"o":"","ok":"department","te":"","th":[""],"dr":[""],"ta":[""],"ph":"","mo":"2026-","rv":"2028-","re":[{"y":"see-also","to":""}],` +
	`"xs":"","xi":"","sa":true,"r":1,"v":1,"ca":"2026-","ua":"2026-","ha":"2026-","na":"person:","nr":"shared"`
