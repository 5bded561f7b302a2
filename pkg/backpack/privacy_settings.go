// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strings"
	"sync"

	"rugzak/pkg/rugzak"
)

// PrivacyDesk is what the page about finding personal data shows.
type PrivacyDesk struct {
	FalseAlarms []rugzak.FalseAlarmCount
	Settings    rugzak.PrivacySettings
	Version     int // of the settings
}

// PrivacyDesk returns the counts of false alarms and the settings.
func (s *Service) PrivacyDesk(ctx context.Context, by rugzak.Person) (PrivacyDesk, error) {
	if !rugzak.CanAudit(by) {
		return PrivacyDesk{}, rugzak.Forbidden("error.audit_only")
	}
	var d PrivacyDesk
	err := s.view(ctx, "privacy desk", func(r rugzak.Reader) error {
		settings, err := r.Settings()
		if err != nil {
			return err
		}
		d.Settings, d.Version = settings.Privacy, settings.Version
		d.FalseAlarms, err = r.FalseAlarms()
		return err
	})
	return d, err
}

// SavePrivacySettings stores the known domains and the patterns of case
// numbers. base is the version the form was made from.
func (s *Service) SavePrivacySettings(ctx context.Context, by rugzak.Person, base int, in rugzak.PrivacySettings) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	var domains []string
	for _, d := range trimmed(in.KnownDomains) {
		domains = append(domains, strings.ToLower(d[strings.LastIndexByte(d, '@')+1:]))
	}
	in.KnownDomains, in.CasePatterns = unique(domains), unique(trimmed(in.CasePatterns))
	texts := make([]field, 0, len(in.KnownDomains)+len(in.CasePatterns))
	for _, d := range in.KnownDomains {
		texts = append(texts, field{"known_domains", d})
	}
	for _, p := range in.CasePatterns {
		texts = append(texts, field{"case_patterns", p})
	}
	if err := s.refuseNumbers(texts...); err != nil {
		return err
	}
	_, err := s.update(ctx, "save privacy settings", func(w rugzak.Writer) error {
		settings, err := w.Settings()
		if err != nil {
			return err
		}
		if settings.Version != base {
			return rugzak.Conflict()
		}
		settings.Privacy = in
		if err := settings.Validate(); err != nil {
			return err
		}
		if err := w.SaveSettings(settings, base); err != nil {
			return err
		}
		return s.audit(w, by, rugzak.AuditSettings, "settings", "privacy")
	})
	return err
}

// trimmed drops empty lines and the space around the others; what stands within
// a pattern is kept.
func trimmed(in []string) []string {
	out := make([]string, 0, len(in))
	for _, l := range in {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// ReportFalseAlarm counts that a finding is none. form names the form it stood
// in: of one form each sort counts once for a person. The text does not come
// here.
func (s *Service) ReportFalseAlarm(ctx context.Context, by rugzak.Person, form string, f rugzak.FalseAlarm) error {
	if !rugzak.CanPost(by) {
		return rugzak.Forbidden("error.may_not_post")
	}
	if err := f.Validate(); err != nil {
		return err
	}
	if len(form) > maxFormName || !s.alarms.first(string(by.ID)+"\x00"+form+"\x00"+string(f.Class)+string(f.Length)) {
		return nil
	}
	_, err := s.update(ctx, "count false alarm", func(w rugzak.Writer) error { return w.CountFalseAlarm(f) })
	return err
}

// maxFormName bounds what is remembered of a form.
const maxFormName = 64

// remembered are the last reports, so that pressing a button again counts once.
// Losing them does no harm.
type remembered struct {
	mu   sync.Mutex
	last []string
}

const maxRemembered = 512

func (m *remembered) first(key string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.Contains(m.last, key) {
		return false
	}
	if m.last = append(m.last, key); len(m.last) > maxRemembered {
		m.last = slices.Delete(m.last, 0, len(m.last)-maxRemembered)
	}
	return true
}
