// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"html/template"

	"rugzak/pkg/rugzak"
)

// sanitised is the HTML of a text as it stands on a page of the dossier. The
// renderer made and sanitised it; only where its links lead is changed, and no
// part of it comes from anywhere else.
func (d *Dossier) sanitised(from string, text rugzak.DossierText) template.HTML {
	return template.HTML(d.offline(from, text.HTML))
}

// blockView is what the template reads of a piece of a page.
type blockView struct {
	H2, H3, Para, Lang string
	Facts              []factView
	Items              []linkView
	HTML               template.HTML
}
