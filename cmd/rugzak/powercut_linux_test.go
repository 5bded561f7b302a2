// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// fsShutdown is FS_IOC_SHUTDOWN: from then on the file system takes nothing
// any more. With withoutJournal it also drops what stands in its journal but
// not on the disk, as a cut of the power does.
const fsShutdown, withoutJournal = 0x8004587d, 2

// disk is a file system in a file, mounted in a folder.
type disk struct{ image, folder, options string }

func (d disk) run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}

func (d disk) mount(t *testing.T) {
	t.Helper()
	d.run(t, "mount", "-t", "ext4", "-o", "loop,"+d.options, d.image, d.folder)
}

// cut cuts the power: nothing reaches the disk any more, the server is gone,
// and the disk comes back with what it has.
func (d disk) cut(t *testing.T, server *process) {
	t.Helper()
	folder, err := os.Open(d.folder)
	if err != nil {
		t.Fatal(err)
	}
	err = unix.IoctlSetPointerInt(int(folder.Fd()), fsShutdown, withoutJournal)
	_ = folder.Close() // only to reach the file system
	if err != nil {
		t.Fatalf("cutting the power: %v", err)
	}
	server.kill(t)
	d.run(t, "umount", d.folder)
	d.mount(t)
}

// Nothing that was acknowledged is lost when the power is cut. It needs root
// and a loop device: RUGZAK_POWERCUTS is how many cuts for each way to mount.
func TestPowerCut(t *testing.T) {
	if os.Getenv("RUGZAK_POWERCUTS") == "" {
		t.Skip("set RUGZAK_POWERCUTS to the number of cuts; it mounts a file system of its own, as root")
	}
	cuts := rounds(t, "RUGZAK_POWERCUTS", 1)
	for _, options := range []string{"commit=1", "commit=5", "commit=1000"} {
		t.Run(options, func(t *testing.T) {
			box := t.TempDir()
			d := disk{image: filepath.Join(box, "image"), folder: filepath.Join(box, "disk"), options: options}
			if err := os.Mkdir(d.folder, 0o700); err != nil {
				t.Fatal(err)
			}
			d.run(t, "truncate", "-s", "256M", d.image)
			d.run(t, "mkfs.ext4", "-q", d.image)
			d.mount(t)
			t.Cleanup(func() { _ = exec.Command("umount", "-l", d.folder).Run() })
			data := filepath.Join(d.folder, "data")
			if err := os.CopyFS(data, os.DirFS(newBackpack(t))); err != nil {
				t.Fatal(err)
			}
			d.run(t, "chmod", "-R", "go=", data)
			d.run(t, "sync")
			crashAgainAndAgain(t, data, cuts, findable("RUGZAK_POWERCUTS"), func(server *process) { d.cut(t, server) })
		})
	}
}
