// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package dutch

import (
	"slices"
	"strings"
	"testing"
)

// All gives words, and each once, in order.
func TestAll(t *testing.T) {
	count, before := 0, ""
	seen := map[string]bool{"afspraak": false, "afspraken": false, "samenwerken": false, "huis": false}
	for word := range All() {
		if count++; word <= before || !Known(word) {
			t.Fatalf("%q comes after %q", word, before)
		}
		if _, wanted := seen[word]; wanted {
			seen[word] = true
		}
		before = word
	}
	for word, found := range seen {
		if !found {
			t.Errorf("no %s among %d words", word, count)
		}
	}
	for range All() {
		break // ends when told to
	}
}

// Forms of one word have one base form.
func TestBaseJoins(t *testing.T) {
	for _, family := range []string{
		"les lessen lesje lesjes",
		"huis huizen huisje huisjes",
		"werken werk werkt werkte werkten gewerkt werkend werkende",
		"kind kinderen kindje",
		"idee ideeen",
		"schuld schulden",
		"stad steden",
		"afspraak afspraken",
		"lopen loop loopt liep liepen gelopen lopend",
		"goed goede goeds",
		"groot grote groter grootst grootste",
		"gemeente gemeenten gemeentes",
		"museum musea",
		"begeleiden begeleidt begeleidde begeleid begeleide",
		"aanvragen aanvraag aanvraagt aangevraagd aangevraagde aanvroeg",
		"aanmelden aanmeldt aanmeldde aangemeld aangemelde",
		"meld melden meldt gemeld meldde",
		"samenwerken samenwerkt samenwerkte samengewerkt samenwerkend",
		"deelnemen deelneemt deelnam deelgenomen",
		"mogelijkheid mogelijkheden",
		"werker werkers",
		"medewerker medewerkers",
		"besluit besluiten besloot besloten",
		"helpen helpt hielp geholpen",
		"vinden vindt vond gevonden",
		"onderzoek onderzoeken onderzocht onderzochte",
		"schuldhulptraject schuldhulptrajecten",
		"chatbot chatbots",
		"dashboard dashboards",
		"wmo-consulent wmo-consulenten",
		"deskundig deskundige deskundigen",
		"betrekken betrekt betrokken betrokkene betrokkenen", "beperken beperkt beperkte beperkter",
		"toestaan toegestaan toegestane", "inzetten inzet ingezet ingezette", "willen wil wilt wilde gewild", "opgaan opging opgingen opgegaan", "vangen vangt ving vingen", "pseudonimiseren gepseudonimiseerd",
		"zijn is was waren geweest",
		"hebben heeft had",
		"wijzigen wijzigt wijzigde gewijzigd gewijzigde",
		"evalueren evalueert evalueerde geevalueerd",
		"systeem systemen",
		"proces processen",
		"brief brieven briefje",
		"risicogestuurd risicogestuurde", "cursus cursussen",
		"collega collega's",
		"lid leden",
		"wet wetten wetje wetjes", "boete boetes boeten boetetje", "jongen jongens jongetje jongetjes", "oma oma's omaatje omaatjes",
		"bal ballen balletje balletjes", "schip schepen scheepje scheepjes", "glas glazen glaasje glaasjes", "vat vaten vaatje vaatjes",
		"blad bladen bladeren blaadje blaadjes", "ei eieren eitje eitjes", "koe koeien koetje koetjes",
		"vergunning vergunningen vergunninkje vergunninkjes", "auto auto's autootje autootjes", "boom bomen boompje boompjes",
		"boos boze bozer", "digitaal digitale digitaler digitalere digitaalst digitaalste", "lief lieve liever liefst liefste",
		"downloaden download downloadt downloadde gedownload", "updaten update updatet geupdatet", "coach coaches coachen coacht",
		"groot groter grotere grootst grootste grootsten", "beter betere", "schatten geschat geschatte", "gebeuren gebeurt gebeurd gebeurde",
		"aanvaarden aanvaard aanvaarde", "gezond gezonde gezonder", "geloven geloof geloofd geloofde",
		"slapen slaap sliep sliepen geslapen", "kiezen kies koos kozen gekozen",
		"aanbesteden aanbesteedt aanbesteed aanbestede",
	} {
		forms := strings.Fields(family)
		want := Base(forms[0])
		for _, form := range forms[1:] {
			if got := Base(form); got != want {
				t.Errorf("Base(%s) = %s, Base(%s) = %s", form, got, forms[0], want)
			}
		}
	}
}

// Words that look alike and are not forms of one word stay apart.
func TestBaseKeepsApart(t *testing.T) {
	for _, pair := range []string{
		"gezin zin", "gezin zinnen", "gemeente menen", "bewerken werken", "verwerken werken", "samenwerken werken", "les lezen",
		"werker werken", "samenwerking samenwerken", "bekend bekennen", "geschikt schikken", "wet weten", "wonen woning",
		"beleid leiden", "bekende bekennen", "uitgebreid uitbreiden", "beleid belijden", "lat laten", "week geweken", "kerk keren", "arm armoede", "gericht gerecht",
		"voorziening voorzien", "inkomen komen", "bestand bestaan", "steun stenen", "raad raadsel", "bod bodem", "beetje beet", "buur buurt", "jong jongen", "keet keten",
		"gezond zon", "geweld wellen", "man maan", "bom boom", "val vaal", "dorst dor", "botst bot", "laatst laat", "afvallen afval", "vrij vrijen",
	} {
		a, b, _ := strings.Cut(pair, " ")
		if Base(a) == Base(b) {
			t.Errorf("%s and %s are both %s", a, b, Base(a))
		}
	}
}

func TestParts(t *testing.T) {
	for word, want := range map[string]string{
		"samenwerkingsafspraken": "samenwerking afspraak",
		"schuldhulpverlening":    "schuld hulp verlening hulpverlening",
		"schuldhulptrajecten":    "schuld hulp traject",
		"gemeentehuis":           "gemeente huis",
		"jeugdzorg":              "jeugd zorg",
		"kinderopvang":           "kind opvang",
		"gemeente":               "",
		"begeleid":               "",
		"voorziening":            "",
		"ondersteuning":          "",
		"samenwerking":           "",
		"opleiding":              "",
		"overheid":               "",
		"werken":                 "",
		"verantwoordelijkheid":   "",
		"informatie":             "",
		"organisatie":            "",
		"inwonersbijeenkomst":    "inwoner bijeenkomst",
		"wijkteam":               "wijk team",
		"projectleider":          "project leider",
		"woonruimte":             "woon ruimte",
		"leerervaring":           "leer ervaring",
		"bijstandsuitkering":     "bijstand uitkering",
		"vergunningsaanvraag":    "vergunning aanvraag",
		"communicatieplan":       "communicatie plan",
		"bankgegevens":           "bank gegevens", "gegevensbronnen": "gegevens bron", "persoonsgegevens": "persoon gegevens", "zorgvuldigheidseisen": "zorgvuldigheid eis", "toepassingsprogramma": "toepassing programma", "volksgezondheid": "volk gezondheid",
		"omgevingswet": "omgeving wet", "winningsplan": "winning plan", "rijksbijdrage": "rijk bijdrage", "koersverhouding": "koers verhouding",
		"overheidsorganisaties": "overheid organisatie", "burgerservicenummer": "burger service nummer servicenummer", "basisregistratie": "basis registratie",
		"diensten": "", "richting": "", "beschikking": "", "praktijk": "", "combinatie": "", "belangrijk": "", "maatschappelijk": "", "natuurlijk": "",
		"verschillende": "", "toepassen": "", "handhaving": "", "bestuur": "", "standaard": "", "profiel": "", "ontwikkelaars": "", "eigenschap": "",
		"zzz": "",
	} {
		got := Parts(word)
		var bases []string
		for _, w := range strings.Fields(want) {
			bases = append(bases, Base(w))
		}
		slices.Sort(bases)
		sorted := slices.Sorted(slices.Values(got))
		if !slices.Equal(sorted, bases) {
			t.Errorf("Parts(%s) = %v, want %v", word, got, want)
		}
	}
}

func TestSeparable(t *testing.T) {
	for verb, want := range map[string]string{
		"aanmelden": "aan melden", "aanvragen": "aan vragen", "samenwerken": "samen werken", "deelnemen": "deel nemen",
		"oplossen": "op lossen", "uitvoeren": "uit voeren", "begeleiden": "", "werken": "", "onderzoeken": "", "verwerken": "",
		"voorbereiden": "voor bereiden", "toepassen": "toe passen", "overlijden": "", "navigeren": "", "overtuigen": "",
		"bijdragen": "bij dragen", "afwegen": "af weegt", "voordoen": "voor doen", "herzien": "", "overdragen": "over dragen", "omgaan": "om gaan",
	} {
		particle, rest, ok := Separable(Base(verb))
		if want == "" {
			if ok {
				t.Errorf("%s falls apart in %s and %s", verb, particle, rest)
			}
			continue
		}
		p, v, _ := strings.Cut(want, " ")
		if !ok || particle != p || rest != Base(v) {
			t.Errorf("Separable(%s) = %s, %s, %v, want %s, %s", Base(verb), particle, rest, ok, p, Base(v))
		}
	}
}

func TestKnown(t *testing.T) {
	for word, want := range map[string]bool{"lessen": true, "aangemeld": true, "gemeente": true, "chatbottig": false, "": false, "x": false} {
		if Known(word) != want {
			t.Errorf("Known(%q) = %v", word, !want)
		}
	}
}

func FuzzBase(f *testing.F) {
	for _, w := range []string{"schuldhulptrajecten", "wmo-consulenten", "aangevraagd", "a's", "'s", "-", "tjes'tjes", "\xff\xfeen", strings.Repeat("les", 30)} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, word string) {
		base := Base(word)
		if again := Base(base); again != base {
			t.Errorf("Base(%q) = %q, and of that %q", word, base, again)
		}
		if word != "" && base == "" {
			t.Errorf("nothing is left of %q", word)
		}
		Parts(word)
		Separable(base)
	})
}

func BenchmarkBase(b *testing.B) {
	list := strings.Fields("lessen werken samenwerkingsafspraken gemeente chatbots aangevraagd de het een schuldhulptrajecten")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Base(list[i%len(list)])
	}
}

func BenchmarkParts(b *testing.B) {
	list := strings.Fields("lessen werken samenwerkingsafspraken gemeente chatbots aangevraagd de het een schuldhulptrajecten")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Parts(list[i%len(list)])
	}
}
