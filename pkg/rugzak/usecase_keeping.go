// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "slices"

// keepingUseCases are those of how long things are kept and what people may ask
// about themselves: a part of UseCases.
func keepingUseCases() []UseCase {
	return slices.Concat(noticeUseCases(), []UseCase{
		{"KeepDraft", PermPost, AsAuthor},
		{"Review", PermPost, AsAuthor},
		{"Settings", PermAdminister, AsPerson},
		{"SaveRetention", PermAdminister, AsPerson},
		{"SaveAccessibility", PermAdminister, AsPerson},
		{"SaveSearchSettings", PermAdminister, AsPerson},
		{"PreviewRetention", PermAdminister, AsPerson},
		{"OwnData", "", AsPerson},
		{"OwnExport", "", AsPerson},
		{"AskAboutMe", "", AsPerson},
		{"TakeBackRequest", "", AsPerson},
		{"PersonRequests", PermAdminister, AsPerson},
		{"SettleRequest", PermAdminister, AsPerson},
		{"WooPreview", PermPrivacy, AsPerson},
		{"WooExport", PermPrivacy, AsPerson},
		{"ThemeNamed", PermAdminister, AsPerson},
		{"KeepHouse", "", AsProgram},
		{"Daily", "", AsProgram},
	})
}
