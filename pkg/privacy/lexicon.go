// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// meaning is what a word may tell of a person.
type meaning uint32

const (
	titleWord    meaning = 1 << iota // mevrouw, meneer
	familyTitle                      // familie, gezin
	abbreviation                     // a full stop behind it ends no sentence
	particle                         // van, de: between a title and a name
	noName                           // capitals that are no name of a person
	firstName
	birthWord
	monthName
	ageWord   // jaar, jarige
	personOne // one person: hij, de cliënt
	special   // health, belief, crime
	young     // zoon, dochter, leerling
	childOf   // zoon, dochter: with "van" behind it
	familyForm
	nationality
	areaWord   // wijk, buurt
	streetName // ends in -straat
	schoolWord
	workWord // werkt, winkel
	plateWord
	article   // een, a: makes it general
	unit      // 14 jaar geleden: no age
	childWord // kinderen, in "vijf kinderen"
	countWord // twee to tien
	phrase    // begins one of specialPhrases
	fullStop  // the word alone is no title: only with a full stop (hr.)
)

// maxWord is the longest word that is looked up, in bytes.
const maxWord = 40

// lexicon holds the words that mean something; stems begin words.
var (
	lexicon = map[string]meaning{}
	stems   = map[[2]byte][]stem{}
)

type stem struct {
	text  string
	means meaning
}

func init() {
	put := func(m meaning, words string) {
		for w := range strings.FieldsSeq(words) {
			lexicon[w] |= m
		}
	}
	put(titleWord, "mevrouw meneer mijnheer mevr mw dhr mr mrs ms miss heer juffrouw")
	put(titleWord|fullStop, "hr")
	put(familyTitle, "familie fam gezin family")
	put(abbreviation, "mevr mw dhr hr mr mrs ms fam geb nr tel bijv bv o a i v m art lid st dr drs ir prof jl ca resp incl excl jan feb mrt apr aug sept okt nov dec")
	put(particle, "de van der den ten ter het la le el al ben bin von di da du 't 's t op")
	put(monthName, "januari februari maart april mei juni juli augustus september oktober november december january february march may june july august october jan feb mrt apr jun jul aug sep sept okt nov dec oct")
	put(birthWord, "geboren geboortedatum geboortedag geb geboortedata born dob birthdate birthday birth verjaardag jarig verjaart")
	put(ageWord, "jaar jarige jarig jarigen jr year years yo")
	put(personOne, "hij haar hem hijzelf zijzelf zij mevrouw meneer mw dhr cliënt client cliënte inwoner inwoonster bewoner bewoonster patiënt patiënte klant jongen meisje man vrouw moeder vader zoon dochter zoontje dochtertje opa oma buurman buurvrouw partner echtgenoot echtgenote broer zus jongere kind kleinzoon kleindochter puber peuter kleuter baby leerling leerlinge weduwe weduwnaar he she him her his mother father son daughter husband wife resident patient boy girl woman brother sister tenant huurder huurster stiefvader stiefmoeder pleegkind pleegzoon pleegdochter neef nicht tante oom collega")
	put(young, "zoon dochter zoontje dochtertje jongen meisje kind leerling leerlinge kleinzoon kleindochter son daughter boy girl")
	put(childOf, "zoon dochter zoontje dochtertje kleinzoon kleindochter stiefzoon stiefdochter pleegzoon pleegdochter tweelingzoon son daughter")
	put(familyForm, "alleenstaande alleenstaand weduwe weduwnaar gescheiden eenoudergezin tweeling drieling pleegkind pleegkinderen stiefvader stiefmoeder samengesteld widow widower divorced twins stepfather stepmother kinderloos ongehuwd")
	put(nationality, "syrische syriër syrisch marokkaanse marokkaan turkse turk poolse pool eritrese eritreeër somalische somaliër afghaanse afghaan iraanse iraanse irakese irakees oekraïense oekraïner surinaamse surinamer antilliaanse antilliaan ghanese roemeense roemeen bulgaarse bulgaar chinese braziliaanse ethiopische congolese nigeriaanse kaapverdische indonesische molukse russische hongaarse italiaanse spaanse portugese tunesische algerijnse egyptische koerdische syrian moroccan turkish polish eritrean somali afghan iranian iraqi ukrainian surinamese romanian bulgarian brazilian")
	put(areaWord, "wijk buurt buurtje dorp flat straat neighbourhood street")
	put(schoolWord, "basisschool school mavo havo college lyceum gymnasium obs cbs vmbo kinderdagverblijf crèche voetbalclub sportclub moskee kerk")
	put(workWord, "bakkerij slagerij supermarkt garage fabriek winkel kapsalon restaurant café bedrijf werkgever magazijn distributiecentrum bakery factory employer")
	put(plateWord, "kenteken kentekens kentekennummer nummerbord nummerplaat kentekenplaat auto bestelbus busje scooter motor voertuig plate registration car")
	put(article, "een a an any elke iedere geen")
	put(unit, "geleden lang oude ervaring later ago lang termijn garantie dienst looptijd bestaan")
	put(childWord, "kinderen kids children zonen dochters zoons")
	put(countWord, "twee drie vier vijf zes zeven acht negen tien two three four five six seven eight nine ten")
	put(noName, "wmo ggz pgb mdo poh cjg jeugdwet jeugd participatiewet zorg welzijn wonen werk inkomen gemeente nederland nederlandse europa europese rijk ministerie rechtbank raad staat college burgemeester wethouder voorzitter minister staatssecretaris president corporatie politie onderwijs veilig thuis centrum centraal plan wet the this that these you your we they it and or for mevrouw meneer familie gezin services support law court court's care union day name members member centre tree act rechter officier justitie dit dat deze die er ik je wij we hun ons onze uw hier daar als toen maar want dus nu ook dan met aan bij in na om tot uit voor zonder over onder tijdens")
	put(firstName, firstNames)
	for first := range specialPhrases {
		put(phrase, first)
	}
	for line := range strings.Lines(specialStems) {
		for w := range strings.FieldsSeq(line) {
			key := [2]byte{w[0], w[1]}
			stems[key] = append(stems[key], stem{w, special})
		}
	}
}

// specialStems begin words about health, belief, crime, origin and sexuality.
const specialStems = `
diagnose gediagnosticeerd diagnosed diagnosis verslav verslaaf addict alcoholist alcoholprobl alcoholic drugsgebruik drugsverslav drugsverslaaf drugsprobl
gokverslav gokverslaaf zwanger pregnan suïcid suicid zelfmoord zelfdoding zelfbeschadig selfharm detentie gedetineerd gevangenis prison detention strafblad
veroordeeld convicted reclassering tbs psychos psychot psychiatr schizofren schizophren depressi depressed bipola borderline autis adhd dement dyslexi
anorexia bulimi kanker cancer chemotherap epilep hiv aids hepatitis diabet parkinson alzheimer nierdialyse dwarslaesie miskra miscarr abort
homoseksu homosexu lesbi transgender transseksu biseksu bisexu geaardheid moslim muslim islamiti katholiek jehova jehovah joods jewish hindoe christen
gereformeerd religie religieu religion geloofsovertuiging verkracht raped misbruikt misbruik mishandel abused partnergeweld eergerelateerd
prostitu sekswerk loverboy verstandelijk hersenletsel ptss ptsd trauma burn-out burnout overspannen vakbondslid methadon cocaïne heroïne cannabisverslav
vluchtelingstatus eetstoornis zwakbegaafd besnijdenis besneden geslachtsziekte medicatie antipsychotica antidepressiva rolstoelafhankelijk
`

// specialPhrases are two words that together are special data.
var specialPhrases = map[string]string{
	"huiselijk": "geweld", "seksueel": "misbruik", "seksuele": "geaardheid", "domestic": "violence", "sexual": "orientation",
	"psychische": "problemen", "mental": "illness", "criminal": "record", "psychisch": "ziek",
	"ernstig": "ziek", "terminaal": "ziek", "terminally": "ill", "chronisch": "ziek", "jehova": "getuige",
}

// endings of compounds that are special data.
var specialEndings = []string{"verslaving", "verslaafd", "verslaafde", "depressie", "mishandeling", "misbruik", "psychose", "stoornis"}

// streetEndings end the names of streets and neighbourhoods.
var streetEndings = []string{"straat", "laan", "weg", "plein", "wijk", "buurt", "dijk", "gracht", "kade", "singel", "hof", "steeg", "flat"}

// noStreets end so too and are none.
const noStreets = " werkplein snelweg onderweg weg straat laan plein wijk buurt dijk gracht hof flat werkwijk gerechtshof hooggerechtshof gehof beweg woonwijk achterstandswijk volkswijk probleemwijk binnenweg uitweg huisweg omweg plattelandsweg krachtwijk prachtwijk vogelaarwijk stadswijk nieuwbouwwijk buitenwijk kinderhof leerplein "

// meaningOf looks a word up. low is room for its small letters.
func meaningOf(letters []rune, low []byte) meaning {
	if len(letters) > maxWord/2 {
		letters = letters[:maxWord/2]
	}
	for _, r := range letters {
		low = utf8.AppendRune(low, unicode.ToLower(r))
	}
	m := lexicon[string(low)]
	if len(low) < 3 {
		return m
	}
	for _, s := range stems[[2]byte{low[0], low[1]}] {
		if len(low) >= len(s.text) && string(low[:len(s.text)]) == s.text && !isExempt(s.text, low) {
			m |= s.means
		}
	}
	if len(low) > 9 {
		for _, e := range specialEndings {
			if hasEnding(low, e) {
				m |= special
			}
		}
	}
	if unicode.IsUpper(letters[0]) && len(low) > 4 {
		for _, e := range streetEndings {
			if hasEnding(low, e) && !strings.Contains(noStreets, " "+string(low)+" ") {
				m |= streetName
			}
		}
	}
	return m
}

// isExempt keeps short stems from catching longer words.
func isExempt(stem string, low []byte) bool {
	switch stem {
	case "hiv", "aids", "tbs", "adhd", "ptss", "ptsd":
		return len(low) > len(stem)
	case "trauma":
		return hasEnding(low, "heli") || hasEnding(low, "helikopter")
	case "christen", "katholiek", "moslim", "joods":
		return len(low) > len(stem)+3
	case "prison":
		return hasEnding(low, "ers")
	}
	return false
}

func hasEnding(low []byte, end string) bool {
	return len(low) >= len(end) && string(low[len(low)-len(end):]) == end
}
