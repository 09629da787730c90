// The chat page. Every text goes in as text: there is no way from a message to markup, to a script or to a style.
(() => {
  "use strict";

  const API = "/webhooks/web";
  const KEYS = { token: "stridewell.session", draft: "stridewell.draft", pending: "stridewell.pending", region: "stridewell.region", turn: "stridewell.turn" };
  const SLOW_MS = 6000;
  const GIVE_UP_MS = 30000;
  const byId = (id) => document.getElementById(id);
  const phrase = (name, fill = {}) => {
    const found = byId("phrases").content.querySelector(`[data-phrase="${name}"]`);
    const words = found ? found.textContent : name;
    return words.replace(/\{(\w+)\}/g, (whole, key) => (key in fill ? String(fill[key]) : whole));
  };

  // ---- what is kept in the browser; a browser that refuses keeps it until the page closes ----
  const memory = new Map();
  const kept = {
    works: true,
    get(key) {
      try { return localStorage.getItem(key); } catch { return memory.get(key) ?? null; }
    },
    set(key, value) {
      memory.set(key, value);
      try { localStorage.setItem(key, value); } catch { this.works = false; }
    },
    drop(key) {
      memory.delete(key);
      try { localStorage.removeItem(key); } catch { this.works = false; }
    },
  };

  // ---- building elements ----
  const el = (tag, options = {}, ...children) => {
    const { className, ...attributes } = options;
    const element = document.createElement(tag);
    if (className) element.className = className;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };
  const text = (value) => (typeof value === "string" ? value : "");
  const list = (value) => (Array.isArray(value) ? value.filter((one) => one !== null && one !== undefined) : []);

  const address = (value, schemes) => {
    try {
      const url = new URL(text(value), location.href);
      return schemes.includes(url.protocol) ? url.href : null;
    } catch { return null; }
  };
  const link = (label, url, className) => {
    const href = address(url, ["https:", "http:", "tel:", "mailto:"]);
    if (!href) return document.createTextNode(label);
    const out = href.startsWith("http");
    const element = el("a", { href, ...(out ? { target: "_blank", rel: "noopener noreferrer" } : {}), ...(className ? { className } : {}) }, label);
    if (out) element.append(" ", el("span", { className: "small" }, phrase("new_tab")));
    return element;
  };

  // ---- a small part of Markdown: paragraphs, lists, bold, italic, links ----
  const INLINE = /\*\*(.+?)\*\*|\*([^*\s][^*]*?)\*|\[([^\]]+)\]\(([^)\s]+)\)/;
  const inline = (words) => {
    const parts = [];
    let rest = words;
    for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
      parts.push(rest.slice(0, match.index));
      if (match[1] !== undefined) parts.push(el("strong", {}, ...inline(match[1])));
      else if (match[2] !== undefined) parts.push(el("em", {}, ...inline(match[2])));
      else parts.push(link(match[3], match[4]));
      rest = rest.slice(match.index + match[0].length);
    }
    parts.push(rest);
    return parts;
  };
  const ITEM = /^\s*(?:([-*])|\d+[.)])\s+(.*)$/;
  const block = (lines) => {
    const nodes = [];
    let plain = [];
    let items = null;
    const endPlain = () => {
      if (plain.length) nodes.push(el("p", {}, ...inline(plain.join(" "))));
      plain = [];
    };
    for (const line of lines) {
      const item = ITEM.exec(line);
      if (item) {
        endPlain();
        const tag = item[1] ? "UL" : "OL";
        if (!items || items.tagName !== tag) nodes.push((items = el(tag.toLowerCase())));
        items.append(el("li", {}, ...inline(item[2])));
      } else if (items && /^\s{2,}\S/.test(line)) {
        items.lastChild.append(" ", ...inline(line.trim()));
      } else {
        items = null;
        plain.push(line.trim());
      }
    }
    endPlain();
    return nodes;
  };
  const markdown = (source) => text(source).split(/\n\s*\n/).filter((part) => part.trim()).flatMap((part) => block(part.split("\n")));

  // ---- the parts of a message ----
  const button = (label, act) => {
    const element = el("button", { type: "button" }, label);
    element.addEventListener("click", act);
    return element;
  };
  const sendButtons = (buttons) => {
    const good = list(buttons).filter((one) => text(one.title) && text(one.payload));
    if (!good.length) return null;
    const row = el("div", { className: "buttons", "data-once": "" });
    row.append(...good.map((one) => button(one.title, () => say(one.payload, one.title))));
    return row;
  };
  const heading = (words) => (text(words) ? el("h3", {}, words) : null);
  const bullets = (lines, tag = "ul") => (list(lines).length ? el(tag, {}, ...list(lines).map((line) => el("li", {}, String(line)))) : null);
  const titled = (name, node) => (node ? [el("h4", {}, phrase(name)), node] : []);

  const grid = (caption, columns, rows) => {
    const head = el("tr", {}, ...columns.map((column) => el("th", { scope: "col" }, text(column.label))));
    const body = rows.map((row) => el("tr", {}, ...columns.map((column, place) => (place ? el("td", {}, text(row[column.key])) : el("th", { scope: "row" }, text(row[column.key]))))));
    const table = el("table", {}, el("caption", {}, text(caption)), el("thead", {}, head), el("tbody", {}, ...body));
    return el("div", { className: "scroll", tabindex: "0", role: "region", "aria-label": text(caption) }, table);
  };

  const RENDER = {
    answer: (m) => [heading(m.title), ...markdown(m.body || m.text), ...titled("related", sendButtons(m.see_also))],
    choices: (m) => [el("p", {}, m.text), sendButtons(m.options)],
    question: (m) => [el("p", { className: "small" }, phrase("step", { step: m.step, of: m.of })), el("p", {}, m.text), sendButtons(m.options),
      m.skip_payload ? sendButtons([{ title: phrase("skip"), payload: m.skip_payload }]) : null],
    exercise: (m) => {
      const picture = m.image && address(m.image.src, ["https:", "http:"]);
      const dose = Object.entries(m.dose || {}).filter(([, value]) => text(value));
      return [heading(m.title), picture ? el("figure", {}, el("img", { src: picture, alt: text(m.image.alt), loading: "lazy", referrerpolicy: "no-referrer" })) : null,
        ...titled("how", bullets(m.steps, "ol")),
        ...titled("dose", dose.length ? el("dl", {}, ...dose.flatMap(([key, value]) => [el("dt", {}, phrase(key)), el("dd", {}, value)])) : null),
        ...titled("cautions", bullets(m.cautions)),
        ...titled("easier", m.easier ? el("p", {}, m.easier) : null), ...titled("harder", m.harder ? el("p", {}, m.harder) : null)];
    },
    table: (m) => [grid(m.caption, list(m.columns), list(m.rows))],
    chart: (m) => {
      const columns = [{ key: "x", label: phrase("when") }, ...list(m.series).map((one, n) => ({ key: `s${n}`, label: one.unit ? `${one.name} (${one.unit})` : text(one.name) }))];
      const rows = list(m.x).map((x, place) => Object.fromEntries([["x", String(x)], ...list(m.series).map((one, n) => [`s${n}`, String((one.values || [])[place] ?? "")])]));
      return [el("p", {}, m.text), grid(m.title, columns, rows)];
    },
    plan: (m) => [heading(m.title), ...list(m.weeks).flatMap((week) => [el("h4", {}, text(week.label)),
      bullets(list(week.days).map((day) => `${day.day}: ${day.what}${day.minutes ? `, ${phrase("minutes", { minutes: day.minutes })}` : ""}`))]),
      m.download ? el("p", {}, link(phrase("download"), m.download)) : null],
    summary: (m) => [heading(m.title), ...list(m.sections).flatMap((part) => [el("h4", {}, text(part.heading)), bullets(part.lines)])],
  };

  const LEVELS = ["emergency", "urgent", "see_doctor"];
  const alertCard = (m, onAck) => {
    const level = LEVELS.includes(m.level) ? m.level : "see_doctor";
    const calls = list(m.actions).map((one) => [text(one.label), address(one.url, ["tel:", "https:"])]).filter(([label, url]) => label && url);
    calls.sort(([, one], [, other]) => Number(other.startsWith("tel:")) - Number(one.startsWith("tel:")));
    const links = calls.map(([label, url]) => (url.startsWith("tel:") ? el("a", { className: "call", href: url }, label) : link(label, url)));
    const row = el("div", { className: "buttons" }, ...links);
    if (m.ack_payload) row.append(button(phrase("ack"), onAck));
    return el("div", { className: `bubble alert ${level}` }, el("p", { className: "level" }, phrase(level)), heading(m.title), row, ...markdown(m.body || m.text));
  };

  const sourcesOf = (m) => {
    const sources = list(m.sources);
    if (!sources.length && !m.evidence) return null;
    const items = sources.map((one) => {
      const more = [one.publisher, one.year].filter(Boolean).join(", ");
      return el("li", {}, one.url ? link(text(one.title), one.url) : text(one.title), more ? `. ${more}.` : "");
    });
    const details = el("details", { className: "small" }, el("summary", {}, phrase("sources")));
    if (m.evidence) details.append(el("p", {}, phrase(m.evidence)));
    if (items.length) details.append(el("ol", {}, ...items));
    if (m.checked_on) details.append(el("p", {}, phrase("checked", { date: m.checked_on })));
    return details;
  };

  const helpfulOf = (m) => {
    if (m.type !== "answer" || !m.id) return null;
    const row = el("div", { className: "buttons small", role: "group", "aria-label": phrase("helpful") }, el("span", {}, phrase("helpful")));
    const tell = async (helpful) => {
      row.replaceChildren(el("span", { role: "status" }, phrase("thanks")));
      try { await call("POST", "/feedback", { message_id: m.id, helpful }); } catch { /* a lost thumb is no trouble to anybody */ }
    };
    row.append(button(phrase("yes"), () => tell(true)), button(phrase("no"), () => tell(false)));
    return row;
  };

  const content = (m) => {
    if (m.type === "alert" && m.v === 1) {
      return alertCard(m, () => say(m.ack_payload, phrase("ack")));
    }
    const render = m.v === 1 ? RENDER[m.type] : null;
    const box = el("div", { className: "bubble" });
    let nodes;
    try { nodes = render ? render(m) : markdown(m.text); } catch { nodes = [el("p", {}, text(m.text))]; }
    box.append(...nodes.filter(Boolean));
    return box;
  };

  // ---- the conversation on the page ----
  const messages = byId("messages");
  const titles = new Map();
  const remember = (m) => {
    for (const key of ["quick_replies", "options", "see_also"]) for (const one of list(m[key])) titles.set(one.payload, one.title);
    if (m.ack_payload) titles.set(m.ack_payload, phrase("ack"));
    if (m.skip_payload) titles.set(m.skip_payload, phrase("skip"));
  };
  const item = (who, node) => el("li", { className: who === "you" ? "message mine" : "message" }, el("span", { className: "unseen" }, phrase(who)), node);

  const showMine = (words) => {
    messages.querySelectorAll("[data-once]").forEach((row) => {
      if (row.previousElementSibling?.tagName === "H4") row.previousElementSibling.remove(); // a heading of these buttons alone
      row.remove();
    });
    const mine = item("you", el("div", { className: "bubble" }, words));
    messages.append(mine);
    return mine;
  };
  const showMessage = (m) => {
    if (!m || typeof m !== "object") return null;
    remember(m);
    const box = content(m);
    for (const part of [sourcesOf(m), helpfulOf(m), sendButtons(m.quick_replies)]) if (part) box.append(part);
    if (text(m.lang)) box.lang = m.lang;
    const shown = item("bot", box);
    messages.append(shown);
    if (m.type === "alert" && m.level === "emergency") pin(m);
    return shown;
  };

  const pinned = byId("pinned");
  const pin = (m) => {
    pinned.replaceChildren(alertCard(m, () => say(m.ack_payload, phrase("ack"))));
    pinned.dataset.ack = text(m.ack_payload);
    pinned.hidden = false;
  };
  const unpin = () => {
    pinned.hidden = true;
    pinned.replaceChildren();
    delete pinned.dataset.ack;
  };

  const announce = (m) => {
    const urgent = m.type === "alert" && m.level === "emergency";
    const region = byId(urgent ? "alarm" : "log");
    if (urgent) region.replaceChildren();
    region.append(el("p", {}, text(m.text)));
    while (region.children.length > 20) region.firstChild.remove();
  };

  // ---- talking to the server ----
  class Trouble extends Error {
    constructor(status, detail, wait) {
      super(detail);
      this.status = status;
      this.wait = wait;
    }
  }
  const call = async (method, path, body) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), GIVE_UP_MS);
    const headers = {};
    const token = kept.get(KEYS.token);
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    try {
      const response = await fetch(API + path, { method, headers, body: body && JSON.stringify(body), signal: stop.signal, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });
      if (response.status === 204) return null;
      const found = await response.json();
      if (!response.ok) throw new Trouble(response.status, text(found.detail) || phrase("offline"), Number(response.headers.get("Retry-After")) || 0);
      return found;
    } catch (error) {
      throw error instanceof Trouble ? error : new Trouble(0, phrase("offline"), 0);
    } finally {
      clearTimeout(timer);
    }
  };

  const uuid = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };
  const region = () => byId("region").value || undefined;
  const timeZone = () => {
    try { return Intl.DateTimeFormat().resolvedOptions().timeZone || undefined; } catch { return undefined; }
  };

  const clear = () => {
    messages.replaceChildren();
    unpin();
    trouble(null);
  };
  const open = async (said) => {
    const found = await call("POST", "/sessions", { region: region(), lang: navigator.language });
    kept.set(KEYS.token, found.session);
    clear();
    if (said) status(said);
    for (const m of found.messages) { showMessage(m); announce(m); }
    if (!kept.works) status(phrase("unsaved"));
  };
  const restore = async () => {
    const found = await call("GET", "/messages");
    clear();
    const answered = new Set();
    for (const one of list(found.messages)) {
      if (one.from === "user") {
        answered.add(one.id);
        if (one.text === pinned.dataset.ack || titles.get(pinned.dataset.ack) === one.text) unpin();
        showMine(titles.get(one.text) || one.text);
      } else {
        showMessage(one.message);
      }
    }
    return answered;
  };

  const status = (words) => {
    messages.append(el("li", { className: "message small" }, words));
    byId("log").append(el("p", {}, words));
  };
  let retryAct = null;
  const trouble = (words, act = null) => {
    byId("trouble").hidden = !words;
    byId("trouble-text").textContent = words || "";
    retryAct = act;
    byId("retry").hidden = !act;
    if (words) byId("log").append(el("p", {}, words));
  };
  byId("retry").addEventListener("click", () => {
    const act = retryAct;
    trouble(null);
    if (act) act();
    byId("words").focus();
  });

  const nearEnd = () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 160;
  const reveal = (node, wanted) => {
    if (node && wanted) node.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  };

  let busy = false;
  const waiting = (on) => {
    busy = on;
    byId("send").disabled = on;
    byId("typing").hidden = !on;
    messages.setAttribute("aria-busy", String(on));
  };

  // One turn: the same id however often it is tried, so that the server answers it once.
  const deliver = async (turn, reopened = false) => {
    if (busy) return;
    let ended = false;
    waiting(true);
    kept.set(KEYS.pending, JSON.stringify(turn));
    const follow = nearEnd();
    const slow = setTimeout(() => byId("log").append(el("p", {}, phrase("slow"))), SLOW_MS);
    try {
      const found = await call("POST", "/messages", { id: turn.id, message: turn.message, region: region(), tz: timeZone() });
      kept.drop(KEYS.pending);
      kept.set(KEYS.turn, turn.id);
      if (turn.message === pinned.dataset.ack) unpin();
      const shown = list(found.messages).map((m) => { announce(m); return showMessage(m); });
      reveal(shown[0], follow);
      if (list(found.messages).some((m) => m.reason === "unavailable")) trouble(phrase("offline"), () => deliver(turn));
    } catch (error) {
      if (error.status === 401 && !reopened) {
        ended = true;
      } else if ([400, 413, 415].includes(error.status)) {
        kept.drop(KEYS.pending);
        byId("words").value = turn.shown;
        trouble(error.message);
      } else {
        trouble(error.message, () => deliver(turn));
      }
    } finally {
      clearTimeout(slow);
      waiting(false);
    }
    if (ended) await inNewConversation(turn);
  };
  const inNewConversation = async (turn) => {
    kept.drop(KEYS.token);
    try {
      await open(phrase("ended"));
    } catch (error) {
      trouble(error.message, () => inNewConversation(turn));
      return;
    }
    showMine(turn.shown);
    await deliver(turn, true);
  };
  const say = (message, shown) => {
    if (busy) return;
    trouble(null);
    const follow = nearEnd();
    reveal(showMine(shown), follow);
    byId("words").focus({ preventScroll: true });
    return deliver({ id: uuid(), message, shown });
  };

  // ---- the form ----
  const words = byId("words");
  const grow = () => {
    words.style.height = "auto";
    words.style.height = `${Math.min(words.scrollHeight + 2, 128)}px`;
  };
  words.addEventListener("input", () => { kept.set(KEYS.draft, words.value); grow(); });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      byId("form").requestSubmit();
    }
  });
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const said = words.value.trim();
    if (!said || busy) return;
    words.value = "";
    kept.drop(KEYS.draft);
    grow();
    say(said, said);
  });
  byId("region").addEventListener("change", () => kept.set(KEYS.region, byId("region").value));

  const sure = byId("sure");
  byId("forget").addEventListener("click", () => sure.showModal());
  sure.addEventListener("close", async () => {
    if (sure.returnValue !== "yes") return;
    try {
      if (kept.get(KEYS.token)) await call("DELETE", "/sessions");
    } catch (error) {
      if (error.status !== 401) {
        trouble(phrase("not_forgotten"));
        return;
      }
    }
    for (const key of [KEYS.token, KEYS.pending, KEYS.draft, KEYS.turn]) kept.drop(key);
    titles.clear();
    words.value = "";
    byId("log").replaceChildren();
    byId("alarm").replaceChildren();
    await begin(phrase("forgotten"));
  });

  // Another tab of this browser shares the conversation: what happens there shows up here.
  window.addEventListener("storage", (event) => {
    if (busy) return;
    if ([KEYS.token, KEYS.turn].includes(event.key) && event.newValue) begin();
  });

  // ---- start ----
  const pendingTurn = () => {
    try { return JSON.parse(kept.get(KEYS.pending) || "null"); } catch { return null; }
  };
  const begin = async (said) => {
    try {
      if (!kept.get(KEYS.token)) {
        await open(said);
        return;
      }
      try {
        const known = await restore();
        const turn = pendingTurn();
        if (turn && turn.id) {
          if (!known.has(turn.id)) showMine(turn.shown);
          await deliver(turn);
        }
      } catch (error) {
        if (error.status !== 401) throw error;
        kept.drop(KEYS.token);
        await open(phrase("ended"));
      }
      window.scrollTo(0, document.documentElement.scrollHeight);
    } catch (error) {
      trouble(error.message, () => begin());
    }
  };
  byId("region").value = kept.get(KEYS.region) || "";
  words.value = kept.get(KEYS.draft) || "";
  grow();
  begin();
})();
