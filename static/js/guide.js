// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Leading a group through a method: keys, and a timer for each step. Without
// this script the links lead from step to step and the minutes stand there.

// <rz-guide>: arrows, Page Up and Down and the space bar follow the links,
// Escape goes back to the method. On a control they do what they always do.
class Guide extends HTMLElement {
  connectedCallback() {
    this.keys = (event) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key === "Escape") return this.follow("[data-back]", event);
      if (event.target.closest("a, button, input, summary")) {
        if (event.key === " " || event.target.matches("input")) return;
      }
      if (["ArrowRight", "PageDown", " "].includes(event.key)) this.follow("a[rel~=next]", event);
      if (["ArrowLeft", "PageUp"].includes(event.key)) this.follow("a[rel~=prev]", event);
    };
    document.addEventListener("keydown", this.keys);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.keys);
  }

  follow(selector, event) {
    const link = this.querySelector(selector);
    if (!link) return;
    event.preventDefault();
    link.click();
  }
}

// <rz-timer data-seconds="600">: counts down. What is left stays in this tab,
// so that going to another step and back, or loading again, loses nothing.
class Timer extends HTMLElement {
  connectedCallback() {
    this.total = Number(this.dataset.seconds);
    this.key = `rz-timer/${this.dataset.key}`;
    this.time = this.querySelector("[data-time]");
    this.bar = this.querySelector("progress");
    this.says = this.querySelector("[role=status]");
    this.start = this.querySelector("[data-start]");
    this.pause = this.querySelector("[data-pause]");
    this.sound = this.querySelector("[data-sound]");
    this.start.addEventListener("click", () => this.run());
    this.pause.addEventListener("click", () => this.halt());
    this.querySelector("[data-reset]").addEventListener("click", () => this.reset());
    this.sound.checked = this.read("rz-timer-sound") === "on";
    this.sound.addEventListener("change", () => this.write("rz-timer-sound", this.sound.checked ? "on" : ""));
    this.left = this.total;
    this.back = () => {
      if (document.visibilityState === "visible" && this.end) this.stayAwake();
    };
    document.addEventListener("visibilitychange", this.back);
    this.bar.hidden = false;
    this.querySelector(".rz-timer__buttons").hidden = false;
    const kept = JSON.parse(this.read(this.key) || "{}");
    if (Number.isFinite(kept.left)) this.left = Math.min(kept.left, this.total);
    if (Number.isFinite(kept.end)) {
      this.left = Math.max(0, Math.ceil((kept.end - Date.now()) / 1000));
      if (this.left > 0) this.run();
    }
    this.told = this.left;
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.tick);
    document.removeEventListener("visibilitychange", this.back);
    this.lock?.release();
  }

  run() {
    if (this.end) return;
    if (this.left === 0) this.left = this.told = this.total;
    const focused = document.activeElement === this.start;
    this.end = Date.now() + this.left * 1000;
    this.tick = setInterval(() => this.count(), 250);
    this.toggle(true);
    if (focused) this.pause.focus();
    this.keep();
    this.stayAwake();
    if (this.sound.checked) this.prepareSound(); // while a press allows it
  }

  halt() {
    const focused = document.activeElement === this.pause;
    clearInterval(this.tick);
    this.end = 0;
    this.toggle(false);
    if (focused) this.start.focus();
    this.keep();
    this.lock?.release();
    this.lock = null;
  }

  reset() {
    this.halt();
    this.left = this.told = this.total;
    this.says.textContent = "";
    this.keep();
    this.show();
  }

  toggle(running) {
    this.start.hidden = running;
    this.pause.hidden = !running;
  }

  count() {
    const left = Math.max(0, Math.ceil((this.end - Date.now()) / 1000));
    if (left === this.left) return;
    this.left = left;
    this.show();
    this.tell();
    if (left === 0) {
      this.halt();
      if (this.sound.checked) this.ring();
    }
  }

  show() {
    const minutes = Math.floor(this.left / 60);
    this.time.textContent = `${minutes}:${String(this.left % 60).padStart(2, "0")}`;
    this.bar.value = this.total - this.left;
    this.classList.toggle("rz-timer--over", this.left === 0);
  }

  // tell says it sparingly to who listens: halfway, the last minute, the last
  // ten seconds, and the end.
  tell() {
    const passed = (mark) => this.told > mark && this.left <= mark;
    const half = Math.floor(this.total / 2);
    let words = "";
    if (half >= 120 && passed(half)) words = this.dataset.half;
    if (this.total > 60 && passed(60)) words = this.dataset.minute;
    if (passed(10)) words = this.dataset.soon;
    if (passed(0)) words = this.dataset.over;
    this.told = this.left;
    if (words) this.says.textContent = words;
  }

  keep() {
    this.write(this.key, JSON.stringify(this.end ? { end: this.end } : { left: this.left }));
  }

  read(key) {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null; // not allowed here: nothing is kept
    }
  }

  write(key, value) {
    try {
      sessionStorage.setItem(key, value);
    } catch {
      // Not allowed here: nothing is kept.
    }
  }

  async stayAwake() {
    try {
      this.lock = await navigator.wakeLock?.request("screen");
    } catch {
      // The screen may go dark: the time goes on.
    }
  }

  prepareSound() {
    this.audio ??= new AudioContext();
    this.audio.resume();
  }

  ring() {
    this.prepareSound();
    const tone = this.audio.createOscillator();
    const volume = this.audio.createGain();
    tone.frequency.value = 660;
    volume.gain.setValueAtTime(0.2, this.audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, this.audio.currentTime + 1.5);
    tone.connect(volume).connect(this.audio.destination);
    tone.start();
    tone.stop(this.audio.currentTime + 1.5);
  }
}

customElements.define("rz-guide", Guide);
customElements.define("rz-timer", Timer);
