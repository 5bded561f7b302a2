// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"reflect"
	"slices"
)

// pageDef joins a template, pages/<name>.html, to the struct it shows.
type pageDef struct {
	name string
	page any // a zero value
}

// pages lists every page. Each feature keeps its own rows beside its structs.
func pages() []pageDef {
	return slices.Concat(
		sitePages(),
		accountPages(),
		viaPages(),
		signInPages(),
		factorPages(),
		sessionPages(),
		helpPages(), stylePages(),
		themePages(),
		threadPages(),
		celebrationPages(),
		letterPages(),
		deskPages(),
		proposalPages(),
		risingPages(),
		coreTeamPages(),
		termPages(), glossaryPages(), themeCarePages(), carePages(), doublePages(),
		resultsPages(), interimPages(),
		similarPages(),
		movementPages(),
		agendaPages(),
		compassPages(),
		shapePages(),
		adminPages(),
		auditPages(),
		privacyPages(),
		checklistPages(),
		profilePages(),
		roomPages(),
		meetingPages(),
		roundPages(),
		invitationPages(),
		bulkPages(),
		noticePages(),
		messagePages(),
		digestPages(),
		mailSettingsPages(),
		leavingPages(),
		settingsPages(),
		retentionPages(),
		wooPages(),
		ownDataPages(),
		homePages(),
		entryPages(), attachmentPages(),
		applyPages(),
		trailPages(),
		lineagePages(),
		searchPages(),
		savedSearchPages(),
		searchGapPages(),
		listPages(),
		guidePages(),
		drawPages(),
		feedPages(),
		minePages(),
		bagPages(),
		writePages(),
		reportPages(),
		responsePages(),
		wideningPages(),
		inquiryPages(),
	)
}

func sitePages() []pageDef {
	return []pageDef{{"site/error", ErrorPage{}}}
}

// pageTable finds the template of a page by its struct.
type pageTable map[reflect.Type]string

func newPageTable(defs []pageDef) (pageTable, error) {
	t := pageTable{}
	for _, d := range defs {
		if other, twice := t[reflect.TypeOf(d.page)]; twice {
			return nil, fmt.Errorf("pages %s and %s share the struct %T", other, d.name, d.page)
		}
		t[reflect.TypeOf(d.page)] = d.name
	}
	return t, nil
}
