// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// What is about the same, beside an entry. It works without this script, by a link.

// <rz-like data-url="..."> on the page of an entry: takes over the list of the
// page its link leads to, when the reader comes near.
class Like extends HTMLElement {
  connectedCallback() {
    const near = new IntersectionObserver(
      (seen) => {
        if (!seen.some((s) => s.isIntersecting)) return;
        near.disconnect();
        this.load();
      },
      { rootMargin: "400px" },
    );
    near.observe(this);
  }

  async load() {
    const place = this.querySelector("[data-list]");
    try {
      const answer = await fetch(this.dataset.url, { redirect: "error" });
      if (!answer.ok) return; // the link stays
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const list = page.querySelector("[data-similar]");
      if (!list) {
        this.hidden = true; // nothing is like it
        return;
      }
      for (const heading of list.querySelectorAll("h2")) { // they stand beneath ours
        const lower = document.createElement("h3");
        lower.className = heading.className;
        lower.append(...heading.childNodes);
        heading.replaceWith(lower);
      }
      document.adoptNode(list);
      // What a reader looks at below the list stays where it is: what has the keyboard, or the middle of the window.
      const below = [document.activeElement, document.elementFromPoint(innerWidth / 2, innerHeight / 2)].find((e) => e && this.isAbove(e));
      const top = below?.getBoundingClientRect().top;
      if (place.contains(document.activeElement)) place.append(list); // the link has the keyboard, and stays
      else place.replaceChildren(list);
      if (below) scrollBy({ top: below.getBoundingClientRect().top - top, behavior: "instant" });
    } catch {
      // The link stays.
    }
  }

  // isAbove says whether an element that one sees stands below this one.
  isAbove(e) {
    const { top } = e.getBoundingClientRect();
    return !this.contains(e) && this.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING && top >= 0 && top < innerHeight;
  }
}

customElements.define("rz-like", Like);
