// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// attachmentUseCases are those of what is attached to entries: a part of UseCases.
func attachmentUseCases() []UseCase {
	return []UseCase{
		{"CheckFiles", "", AsProgram},
		{"SaveFileSettings", PermAdminister, AsPerson},
		{"FileLimits", "", AsPerson},
		{"Attachments", "", AsReader},
		{"OpenAttachment", "", AsReader},
		{"AttachmentsToEdit", PermPost, AsAuthor},
		{"Attach", PermPost, AsAuthor},
		{"DescribeAttachments", PermPost, AsAuthor},
		{"RemoveAttachment", PermPost, AsAuthor},
	}
}
