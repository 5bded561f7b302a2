// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

// The paths of what is attached to entries. Texts hold the address of an
// attachment, whatever its entry: rugzak.AttachmentAddress.
const (
	pathAttachments        = "/ervaringen/:id/bijlagen"
	pathAttachmentsSay     = "/ervaringen/:id/bijlagen/beschrijven"
	pathAttachment         = "/bijlagen/:id"
	pathAttachmentSmall    = "/bijlagen/:id/klein"
	pathSettingsFiles      = "/beheer/instellingen/bijlagen"
	pathAttachmentRemoving = "/bijlagen/:id/verwijderen"
)

func attachmentPaths() map[string]string {
	return map[string]string{
		"attachments": pathAttachments, "attachmentsSay": pathAttachmentsSay, "attachment": pathAttachment, "attachmentSmall": pathAttachmentSmall,
		"settingsFiles": pathSettingsFiles, "attachmentRemoving": pathAttachmentRemoving,
	}
}
