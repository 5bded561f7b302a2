// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"strings"
	"unicode"
)

// accents holds, per combining accent, letters in pairs: without and with it.
// They are those of European languages in Latin script; some systems write them
// as two characters, and then the same word would not be the same.
var accents = map[rune]string{
	0x0300: "AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳ",
	0x0301: "AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzź",
	0x0302: "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑ",
	0x0303: "AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹ",
	0x0304: "AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳ",
	0x0306: "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ",
	0x0307: "AȦBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzż",
	0x0308: "AÄEËHḦIÏOÖUÜWẄXẌYŸaäeëhḧiïoötẗuüwẅxẍyÿ",
	0x030a: "AÅUŮaåuůwẘyẙ",
	0x030b: "OŐUŰoőuű",
	0x030c: "AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzž",
	0x0327: "CÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢcçdḑeȩgģhḩkķlļnņrŗsştţ",
	0x0328: "AĄEĘIĮOǪUŲaąeęiįoǫuų",
}

// mostMarks is how many combining marks stay on one letter; no language has
// more, and a tower of them hides what stands above it.
const mostMarks = 4

// compose makes one character of each letter with its accent, as Unicode's NFC
// does for the letters of accents, and takes towers of marks down.
func compose(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Mn, r) }) < 0 {
		return s
	}
	out := make([]rune, 0, len(s))
	marks := 0
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			marks = 0
			out = append(out, r)
			continue
		}
		if last := len(out) - 1; last >= 0 && marks == 0 {
			if whole, ok := accented(out[last], r); ok {
				out[last] = whole
				continue
			}
		}
		if marks++; marks <= mostMarks {
			out = append(out, r)
		}
	}
	return string(out)
}

// accented is a letter with an accent as one character.
func accented(letter, mark rune) (rune, bool) {
	pairs := []rune(accents[mark])
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == letter {
			return pairs[i+1], true
		}
	}
	return 0, false
}
